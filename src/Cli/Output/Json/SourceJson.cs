using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A source of a snapshot.</summary>
/// <param name="Root">The first segments of every path in it.</param>
/// <param name="Entries">How many.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="Complete">Whether all of it was captured.</param>
/// <param name="ErrorCount">How many things went wrong: may be more than are listed.</param>
/// <param name="Errors">The first 1,000 of them.</param>
internal sealed record SourceJson(string Root, long Entries, long Bytes, bool Complete, long ErrorCount, IReadOnlyList<ErrorJson> Errors)
{
    /// <summary>The same, as the record has it.</summary>
    public static SourceJson Of(SnapshotSource source) =>
        new(source.Root, source.Entries, source.Bytes, source.Complete, source.ErrorCount, [.. source.Errors.Select(ErrorJson.Of)]);
}
