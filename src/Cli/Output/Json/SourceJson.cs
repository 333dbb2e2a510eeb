using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A source of a snapshot.</summary>
/// <param name="Root">The first segments of every path in it.</param>
/// <param name="Entries">How many.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="Complete">Whether all of it was captured.</param>
/// <param name="ErrorCount">How many things went wrong: may be more than are listed.</param>
/// <param name="Errors">The first 1,000 of them.</param>
/// <param name="Account">Whose it is; left out where there is no account.</param>
/// <param name="Coverage">The ledger: what was seen and what was not; empty where one listing says it all.</param>
internal sealed record SourceJson(
    string Root,
    long Entries,
    long Bytes,
    bool Complete,
    long ErrorCount,
    IReadOnlyList<ErrorJson> Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Account,
    IReadOnlyList<CoverageJson> Coverage)
{
    /// <summary>The same, as the record has it.</summary>
    public static SourceJson Of(SnapshotSource source) => new(
        source.Root, source.Entries, source.Bytes, source.Complete, source.ErrorCount,
        [.. source.Errors.Select(ErrorJson.Of)], source.Account, [.. source.Coverage.Select(CoverageJson.Of)]);
}
