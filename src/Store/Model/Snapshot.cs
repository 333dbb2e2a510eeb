namespace JadaStore.Store.Model;

/// <summary>One point in time: a name, its sources, and the snapshot before it.</summary>
public sealed record Snapshot
{
    /// <summary>Digest of the record; also its file name.</summary>
    public required SnapshotId Id { get; init; }

    /// <summary>What the record says.</summary>
    public required SnapshotRecord Record { get; init; }
}
