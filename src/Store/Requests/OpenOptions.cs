namespace JadaStore.Store.Requests;

/// <summary>How a repository is opened.</summary>
public sealed record OpenOptions
{
    /// <summary>
    /// Asked for the password, only when the repository has one; null from it means that there is none to give.
    /// </summary>
    public Func<string?> Password { get; init; } = () => null;

    /// <summary>Told when the catalog is made anew from the packs, with packs done and packs in all.</summary>
    public IProgress<RebuildProgress>? Rebuild { get; init; }
}
