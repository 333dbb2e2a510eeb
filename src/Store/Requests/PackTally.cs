namespace JadaStore.Store.Requests;

/// <summary>Some packs, in numbers.</summary>
/// <param name="Packs">How many.</param>
/// <param name="Bytes">What their files take.</param>
public readonly record struct PackTally(int Packs, long Bytes)
{
    /// <summary>One more pack of that length.</summary>
    public PackTally With(long length) => new(Packs + 1, Bytes + length);
}
