namespace JadaStore.Store.Requests;

/// <summary>A file that damage hit; or, where a page of the map is lost, all files of a range.</summary>
/// <param name="Snapshot">The snapshot's name.</param>
/// <param name="Path">Source root first, as a person reads it; of a range, the first path that may be hit.</param>
/// <param name="Before">Of a range: the path before which it ends; empty: the source's end. Null: one file.</param>
public sealed record DamagedPath(string Snapshot, string Path, string? Before = null)
{
    /// <summary>When a repair found that what it needs is lost; null when that is new.</summary>
    public DateTimeOffset? LostSince { get; init; }
}
