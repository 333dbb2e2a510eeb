using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>repair --json</c> prints.</summary>
internal sealed record RepairJson(
    bool Ok, bool DryRun, long Bytes, IReadOnlyList<string> Done, IReadOnlyList<string> NotRepaired, IReadOnlyList<DamagedPath> Lost)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static RepairJson Of(RepairReport report, bool isDryRun) =>
        new(report.Ok, isDryRun, report.Bytes, report.Done, report.Left, report.Lost);
}
