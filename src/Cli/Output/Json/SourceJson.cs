using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A source of a snapshot.</summary>
internal sealed record SourceJson(string Root, long Entries, long Bytes, bool Complete, IReadOnlyList<ErrorJson> Errors)
{
    /// <summary>The same, as the record has it.</summary>
    public static SourceJson Of(SnapshotSource source) =>
        new(source.Root, source.Entries, source.Bytes, source.Complete, [.. source.Errors.Select(ErrorJson.Of)]);
}
