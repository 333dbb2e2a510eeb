using System.Text.Json.Serialization;

namespace JadaStore.Cli.Output.Json;

/// <summary>A progress line of <c>snapshot --json</c>: how far one source is.</summary>
internal sealed record ProgressOfSnapshot(
    string Root, long Entries, long Bytes, long BytesRead, long AddedBytes, long ExpectedEntries, bool Done,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ItemsJson? Items)
{
    /// <summary>What kind of line this is.</summary>
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "snapshot_progress";
}
