using System.Text.Json.Serialization;

namespace JadaStore.Cli.Output.Json;

/// <summary>A progress line of <c>restore --json</c>.</summary>
internal sealed record ProgressOfRestore(long Entries, long Bytes, long TotalEntries, long TotalBytes)
{
    /// <summary>What kind of line this is.</summary>
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "restore_progress";
}
