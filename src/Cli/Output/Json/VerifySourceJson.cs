using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>verify-source --json</c> prints.</summary>
/// <param name="Snapshot">The snapshot's name.</param>
/// <param name="Entries">Entries that the sources list now.</param>
/// <param name="Checked">Those that were read again.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Differing">What differs though its listing does not show it.</param>
/// <param name="Errors">What could not be read.</param>
internal sealed record VerifySourceJson(
    string Snapshot, long Entries, long Checked, long Bytes,
    IReadOnlyList<SourceDifference> Differing, IReadOnlyList<ErrorJson> Errors)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static VerifySourceJson Of(string snapshot, VerifySourceReport report) =>
        new(
            snapshot, report.Entries, report.Checked, report.Bytes, report.Differing,
            [.. report.Errors.Select(ErrorJson.Of)]);
}
