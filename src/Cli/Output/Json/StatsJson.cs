using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>stats --json</c> prints.</summary>
/// <param name="Snapshots">Of each snapshot, oldest first.</param>
/// <param name="RestoreBytes">Bytes that all snapshots would take when restored one by one.</param>
/// <param name="UniqueBytes">Bytes of unique content, before compression.</param>
/// <param name="StoredBytes">Bytes that packs take.</param>
/// <param name="CondemnedBytes">Of those, what packs take that are going to be deleted.</param>
/// <param name="Chunks">Chunks stored.</param>
/// <param name="Packs">Packs.</param>
/// <param name="DedupRatio">Bytes restored one by one, for each byte of unique content.</param>
/// <param name="CompressionRatio">Bytes of unique content, for each byte stored.</param>
internal sealed record StatsJson(
    IReadOnlyList<SnapshotStats> Snapshots,
    long RestoreBytes,
    long UniqueBytes,
    long StoredBytes,
    long CondemnedBytes,
    long Chunks,
    long Packs,
    double DedupRatio,
    double CompressionRatio)
{
    /// <summary>The same, as the repository counts it; a ratio of nothing is 1.</summary>
    public static StatsJson Of(RepositoryStats stats) =>
        new(
            stats.Snapshots,
            stats.RestoreBytes,
            stats.UniqueBytes,
            stats.StoredBytes,
            stats.CondemnedBytes,
            stats.Chunks,
            stats.Packs,
            Ratio(stats.RestoreBytes, stats.UniqueBytes),
            Ratio(stats.UniqueBytes, stats.StoredBytes));

    private static double Ratio(long of, long by) => by > 0 ? Math.Round((double)of / by, 3) : 1;
}
