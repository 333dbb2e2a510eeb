using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Pipeline;

/// <summary>How well a repository is kept: what is newest, of each series.</summary>
internal sealed class Standing(RepositoryParts parts)
{
    /// <summary>The state now.</summary>
    public async Task<RepositoryStatus> LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ForgottenSnapshot> forgotten =
            await new Undeleter(parts).ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<SnapshotId, SnapshotPin> pins =
            await parts.Pins.ListAsync(cancellationToken).ConfigureAwait(false);
        return new RepositoryStatus
        {
            Newest = snapshots.Count == 0 ? null : snapshots[^1],
            Snapshots = snapshots.Count,
            Pinned = snapshots.Count(snapshot => pins.ContainsKey(snapshot.Id)),
            Forgotten = forgotten.Count,
            Series = OfEach(snapshots),
            Sources = SourceAges.Of(snapshots),
        };
    }

    private static IReadOnlyList<SeriesStatus> OfEach(IReadOnlyList<Snapshot> snapshots)
    {
        var each = new SortedDictionary<string, SeriesStatus>(StringComparer.Ordinal);
        foreach (Snapshot snapshot in snapshots)
        {
            foreach (IGrouping<string, SnapshotSource> sources in snapshot.Record.Sources.GroupBy(source => Series.Of(source.Root)))
            {
                bool complete = sources.All(source => source.Complete);
                Snapshot? best = complete ? snapshot : each.GetValueOrDefault(sources.Key)?.NewestComplete;
                each[sources.Key] = new SeriesStatus(sources.Key, snapshot, complete, best);
            }
        }

        return [.. each.Values];
    }
}
