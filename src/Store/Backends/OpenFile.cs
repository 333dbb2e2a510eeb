namespace JadaStore.Store.Backends;

/// <summary>
/// One file that <see cref="OpenFiles"/> holds open; its counts are touched under that one's lock only.
/// </summary>
internal sealed class OpenFile(string path, IDiskFile handle)
{
    /// <summary>What was opened.</summary>
    public string Path { get; } = path;

    /// <summary>Valid until it is returned.</summary>
    public IDiskFile Handle { get; } = handle;

    /// <summary>How many have taken it and not returned it.</summary>
    public int Users { get; set; }

    /// <summary>Whether it stays open when nobody uses it.</summary>
    public bool Kept { get; set; }
}
