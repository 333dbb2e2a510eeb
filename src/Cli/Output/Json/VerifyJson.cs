using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>verify --json</c> prints.</summary>
internal sealed record VerifyJson(
    bool Ok,
    long Chunks,
    long Bytes,
    IReadOnlyList<DamagedJson> Damaged,
    IReadOnlyList<string> Problems,
    bool OnlyKnownLosses,
    IReadOnlyList<string> Notes)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static VerifyJson Of(VerifyReport report) =>
        new(report.Ok, report.Chunks, report.Bytes, [.. report.Damaged.Select(DamagedJson.Of)], report.Problems, report.OnlyKnownLosses, report.Notes);
}
