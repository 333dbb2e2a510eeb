using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>prune --json</c> prints; see <see cref="PruneReport"/>.</summary>
internal sealed record PruneJson(
    bool DryRun, int Expired, PackTallyJson Deleted, PackTallyJson Condemned, PackTallyJson Waiting,
    DateTimeOffset? NextDeletion,
    PackTallyJson Rewritten, long CopiedBytes, PackTallyJson Written, PackTallyJson Revived,
    IReadOnlyList<HeldPacksJson> Held,
    PackTallyJson Left)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static PruneJson Of(PruneReport report) =>
        new(
            report.DryRun, report.Expired, PackTallyJson.Of(report.Deleted), PackTallyJson.Of(report.Condemned),
            PackTallyJson.Of(report.Waiting), report.NextDeletion?.ToUniversalTime(),
            PackTallyJson.Of(report.Rewritten),
            report.CopiedBytes, PackTallyJson.Of(report.Written), PackTallyJson.Of(report.Revived),
            [.. report.Held.Select(HeldPacksJson.Of)], PackTallyJson.Of(report.Left));
}
