using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>A source as an earlier snapshot has it: what a new one is taken beside, and compared with.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Source">The source.</param>
internal sealed record NewestSource(Snapshot Snapshot, SnapshotSource Source)
{
    /// <summary>
    /// That of the newest snapshot that has it, be it partial: what it lacks is simply read. One that was listed to its
    /// end goes first: beside one that was out of reach all would be new. Null where no snapshot has it.
    /// </summary>
    /// <param name="root">The source's root.</param>
    /// <param name="earlier">All snapshots.</param>
    public static NewestSource? Of(string root, EarlierSources earlier) =>
        earlier.Of(root).FirstOrDefault(one => one.Source.UnlistedAfter is null) ?? earlier.Of(root).FirstOrDefault();

    /// <summary>The same for a region of it: of the newest that looked at it and saw something of it, else of the
    /// newest that looked at it.</summary>
    public static NewestSource? Of(string root, string region, EarlierSources earlier) =>
        earlier.RegionsOf(root).Listed(region)
        ?? earlier.Of(root).FirstOrDefault(one => TakenRegions.Of(one.Source).Contains(region));
}
