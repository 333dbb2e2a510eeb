namespace JadaStore.Store.Hashing;

/// <summary>The eight words that are a plain hash's key; the first four also begin the lower half of every
/// state.</summary>
internal static class Iv
{
    public const uint Word0 = 0x6A09E667, Word1 = 0xBB67AE85, Word2 = 0x3C6EF372, Word3 = 0xA54FF53A;
    public const uint Word4 = 0x510E527F, Word5 = 0x9B05688C, Word6 = 0x1F83D9AB, Word7 = 0x5BE0CD19;
}
