namespace JadaStore.Store;

/// <summary>What to do when what was stored is not what it must be: the end of the hint of a
/// <see cref="StoreException"/> that <see cref="StoreException.IsDamage"/>.</summary>
internal static class DamageHint
{
    /// <summary>Where packs and what they say of themselves are wrong or missing.</summary>
    public const string Structure = "`jstore verify` lists the files that need it, " + Repair;

    /// <summary>Where only a reading of all bytes finds what is wrong.</summary>
    public const string Data = "`jstore verify --data` lists the files that need it, " + Repair;

    private const string Repair = "`jstore repair` mends what can be mended.";
}
