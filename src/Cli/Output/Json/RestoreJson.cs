using System.Text.Json.Serialization;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>restore --json</c> prints.</summary>
/// <param name="Snapshot">The snapshot's name.</param>
/// <param name="Files">Entries brought back.</param>
/// <param name="Bytes">Bytes of content written.</param>
/// <param name="Skipped">Entries that were right already, or differ and were left.</param>
/// <param name="Errors">What could not be brought back.</param>
/// <param name="Escaped">What the target holds under another name; left out where there is none.</param>
/// <param name="Config">With <c>--with-config</c>: what of the bucket's configuration differed; left out
/// otherwise.</param>
/// <param name="Actions">Of a dry run: what would be done; left out otherwise.</param>
internal sealed record RestoreJson(
    string Snapshot,
    long Files,
    long Bytes,
    long Skipped,
    IReadOnlyList<ErrorJson> Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EscapedJson>? Escaped,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ConfigStepJson>? Config,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ActionJson>? Actions)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static RestoreJson Of(
        string snapshot, RestoreReport report, IReadOnlyList<ConfigStepJson>? config,
        IReadOnlyList<ActionJson>? actions) =>
        new(
            snapshot, report.Files, report.Bytes, report.Skipped + report.Kept, [.. report.Errors.Select(ErrorJson.Of)],
            report.Escaped.Count == 0 ? null : [.. report.Escaped.Select(EscapedJson.Of)], config, actions);
}
