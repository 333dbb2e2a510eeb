using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>Adds up what snapshots say and what packs take.</summary>
internal static class Statistics
{
    /// <summary>The sums.</summary>
    public static RepositoryStats Of(
        IReadOnlyList<Snapshot> snapshots, IReadOnlyList<PackSummary> packs, IReadOnlySet<PackId> condemned)
    {
        List<SnapshotStats> each = [.. snapshots.Select(snapshot => new SnapshotStats(
            snapshot.Record.Name,
            snapshot.Record.Sources.Sum(source => source.Entries),
            snapshot.Record.Sources.Sum(source => source.Bytes),
            snapshot.Record.AddedBytes,
            snapshot.Record.StoredBytes))];
        return new RepositoryStats
        {
            Snapshots = each,
            RestoreBytes = each.Sum(snapshot => snapshot.Bytes),
            UniqueBytes = packs.Where(pack => pack.Purpose == PackPurpose.Content).Sum(pack => pack.RawBytes),
            StoredBytes = packs.Sum(pack => pack.SealedBytes),
            CondemnedBytes = packs.Where(pack => condemned.Contains(pack.Id)).Sum(pack => pack.SealedBytes),
            Chunks = packs.Sum(pack => (long)pack.Chunks),
            Packs = packs.Count,
        };
    }
}
