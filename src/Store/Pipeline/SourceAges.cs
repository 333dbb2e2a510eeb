using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>When each source was last taken, and each region of one in which there was something.</summary>
internal static class SourceAges
{
    /// <summary>All, by root and region; without those that a snapshot found to be gone.</summary>
    /// <param name="snapshots">All, oldest first.</param>
    public static IReadOnlyList<SourceAge> Of(IReadOnlyList<Snapshot> snapshots)
    {
        var newest = new Dictionary<(string Root, string? Region), Snapshot>();
        var lastOf = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        var listed = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        foreach (Snapshot snapshot in snapshots)
        {
            foreach (SnapshotSource source in snapshot.Record.Sources)
            {
                Note(newest, snapshot, source);
                if (source.Group is { } listing)
                {
                    lastOf[listing] = snapshot;
                    listed[source.Root] = snapshot;
                }
            }
        }

        return
        [
            .. newest.Where(one => !(listed.TryGetValue(one.Key.Root, out Snapshot? had) && IsGone(one.Key.Root, had, newest[(one.Key.Root, null)], lastOf)))
                .Select(one => new SourceAge(one.Key.Root, one.Key.Region, one.Value))
                .OrderBy(one => one.Root, StringComparer.Ordinal).ThenBy(one => one.Region, StringComparer.Ordinal),
        ];
    }

    private static void Note(
        Dictionary<(string Root, string? Region), Snapshot> newest, Snapshot snapshot, SnapshotSource source)
    {
        // It was out of reach: what there is of it is as old as before.
        if (!source.Complete && source.Tree is null)
        {
            return;
        }

        newest[(source.Root, null)] = snapshot;
        IEnumerable<IGrouping<string?, CoverageLine>> regions = source.Coverage
            .Where(line => line.State != CoverageState.NotExported)
            .GroupBy(line => RegionName.Split(line.Area).Region);
        foreach (IGrouping<string?, CoverageLine> region in regions.Where(region => region.Key is not null))
        {
            if (region.Any(line => line.Count > 0))
            {
                newest[(source.Root, region.Key)] = snapshot;
            }
            else if (region.All(line => line.State is CoverageState.Captured or CoverageState.Unsupported)
                && region.Any(line => line.State == CoverageState.Captured))
            {
                // Nothing is there any more that could be too old. Of one that is switched off nobody knows.
                newest.Remove((source.Root, region.Key));
            }
        }
    }

    // The last snapshot of its listing looked for it, and it was not there; nor was it taken by its name since.
    private static bool IsGone(string root, Snapshot had, Snapshot newest, Dictionary<string, Snapshot> lastOf) =>
        had.Record.Sources.First(source => source.Root == root) is { Group: { } listing } source
        && lastOf[listing] is var last && last != had && last.Record.Time >= newest.Record.Time
        && last.Record.Sources.All(other => other.Root != root)
        && LookedFor.In(last.Record, source, had.Record);
}
