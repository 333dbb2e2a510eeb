using System.Text.Json.Serialization;

namespace JadaStore.Cli.Output.Json;

/// <summary>A progress line of <c>verify-source --json</c>.</summary>
internal sealed record ProgressOfVerifySource(string Root, long Checked, long Bytes, long Differing)
{
    /// <summary>What kind of line this is.</summary>
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "verify_source_progress";
}
