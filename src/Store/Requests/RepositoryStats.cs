namespace JadaStore.Store.Requests;

/// <summary>Sizes of a repository.</summary>
public sealed record RepositoryStats
{
    /// <summary>Snapshots, oldest first.</summary>
    public IReadOnlyList<SnapshotStats> Snapshots { get; init; } = [];

    /// <summary>Bytes that all snapshots would take when restored one by one.</summary>
    public long RestoreBytes { get; init; }

    /// <summary>Bytes of unique content, before compression.</summary>
    public long UniqueBytes { get; init; }

    /// <summary>Bytes that packs take.</summary>
    public long StoredBytes { get; init; }

    /// <summary>Of those, what packs take that are going to be deleted.</summary>
    public long CondemnedBytes { get; init; }

    /// <summary>Chunks stored.</summary>
    public long Chunks { get; init; }

    /// <summary>Packs.</summary>
    public long Packs { get; init; }
}
