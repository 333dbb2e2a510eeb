using System.Text.Json.Serialization;

namespace JadaStore.Store.Model;

/// <summary>What is sealed into <c>snapshots/ID</c>, as JSON; docs/format.md lists the members.</summary>
public sealed record SnapshotRecord
{
    /// <summary>Version of this shape: 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Random, so that the id tells nothing of what the record says.</summary>
    public required string Nonce { get; init; }

    /// <summary><c>v1.0</c>; unique in a repository.</summary>
    public required string Name { get; init; }

    /// <summary>When the snapshot was begun, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>The id of the snapshot before it, 64 hex digits; null for the first.</summary>
    public string? Parent { get; init; }

    /// <summary>What the user said of it.</summary>
    public string Message { get; init; } = "";

    /// <summary>Free words to choose it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The machine it was taken on.</summary>
    public string Host { get; init; } = "";

    /// <summary>The program that took it: <c>jstore 0.1.0</c>.</summary>
    public string Program { get; init; } = "";

    /// <summary>Sorted by root.</summary>
    public IReadOnlyList<SnapshotSource> Sources { get; init; } = [];

    /// <summary>
    /// Sources that a listing gave, and that were left out: they are there, and were not taken. Sorted by root.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The same as the record keeps them; null when there is none.</summary>
    [JsonInclude]
    [JsonPropertyName("left_out")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<string>? LeftOutOrNull
    {
        get => LeftOut is { Count: > 0 } ? LeftOut : null;
        init => LeftOut = value ?? [];
    }

    /// <summary>Bytes of content that were new to the repository, before compression.</summary>
    public long AddedBytes { get; init; }

    /// <summary>Bytes that its packs take on disk.</summary>
    public long StoredBytes { get; init; }

    /// <summary>
    /// What lost or changed more than it may, beside the snapshot before it, sorted by root. Empty where all is well.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<SnapshotAlarm> Alarms { get; init; } = [];

    /// <summary>The alarms as the record keeps them; null when there is none.</summary>
    [JsonInclude]
    [JsonPropertyName("alarms")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<SnapshotAlarm>? AlarmsOrNull
    {
        get => Alarms is { Count: > 0 } ? Alarms : null;
        init => Alarms = value ?? [];
    }
}
