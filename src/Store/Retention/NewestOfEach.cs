using JadaStore.Store.Model;

namespace JadaStore.Store.Retention;

/// <summary>
/// For each series, for each source, and for each region of a service, the newest snapshot that has all of it.
/// </summary>
/// <remarks>
/// Of a series alone would not do: two buckets that are captured by turns are one series, and the newest snapshot of it
/// has only one of them; so it is with two regions.
/// </remarks>
internal static class NewestOfEach
{
    /// <summary>The phrases for each snapshot: <c>newest complete of local/tools, s3</c>.</summary>
    /// <param name="byTime">All snapshots, oldest first by time.</param>
    public static ILookup<SnapshotId, string> Of(IReadOnlyList<Snapshot> byTime)
    {
        var newest = new Dictionary<string, (SnapshotId Id, bool Complete)>(StringComparer.Ordinal);
        foreach (Snapshot snapshot in byTime)
        {
            foreach ((string subject, bool complete) in Subjects(snapshot.Record.Sources))
            {
                // Where there is no complete one at all, the newest that is partial is the best there is.
                if (complete || !newest.TryGetValue(subject, out (SnapshotId Id, bool Complete) best) || !best.Complete)
                {
                    newest[subject] = (snapshot.Id, complete);
                }
            }
        }

        // Where a snapshot is the newest of a series, its sources need not be named as well.
        return newest
            .Where(one => Series.Of(one.Key) is var series && (series == one.Key || newest[series] != one.Value))
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .GroupBy(one => one.Value, one => one.Key)
            .ToLookup(
                group => group.Key.Id,
                group => $"{(group.Key.Complete ? "newest complete" : "newest")} of {Series.Listed([.. group])}");
    }

    // What was wholly out of reach is no subject, as there is nothing of it that could be lost; its series is partial.
    private static Dictionary<string, bool> Subjects(IReadOnlyList<SnapshotSource> sources)
    {
        var complete = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (SnapshotSource source in sources.Where(source => source.Complete || source.Tree is not null))
        {
            foreach (string region in TakenRegions.Of(source))
            {
                complete[$"{source.Root}/{region}"] = source.Complete;
            }

            complete[source.Root] = complete.GetValueOrDefault(source.Root, true) && source.Complete;
            complete[Series.Of(source.Root)] =
                complete.GetValueOrDefault(Series.Of(source.Root), true) && source.Complete;
        }

        foreach (string series in sources.Where(source => !source.Complete).Select(source => Series.Of(source.Root)))
        {
            if (complete.ContainsKey(series))
            {
                complete[series] = false;
            }
        }

        return complete;
    }
}
