using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>How well a repository is kept.</summary>
public sealed record RepositoryStatus
{
    /// <summary>The newest snapshot; null where there is none.</summary>
    public required Snapshot? Newest { get; init; }

    /// <summary>How many snapshots there are.</summary>
    public required int Snapshots { get; init; }

    /// <summary>How many of them are pinned.</summary>
    public required int Pinned { get; init; }

    /// <summary>How many more were forgotten and can be brought back.</summary>
    public required int Forgotten { get; init; }

    /// <summary>Each series, by name.</summary>
    public required IReadOnlyList<SeriesStatus> Series { get; init; }

    /// <summary>
    /// Each source, and behind it each region of it in which there was something, by root and region; none that a
    /// listing of all there are gave no more.
    /// </summary>
    public required IReadOnlyList<SourceAge> Sources { get; init; }
}
