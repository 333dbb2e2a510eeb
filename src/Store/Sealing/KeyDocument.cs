using System.Text.Json.Serialization;

namespace JadaStore.Store.Sealing;

/// <summary>The JSON of <c>keys/ID.json</c>; docs/format.md, "keys/ID.json". What is null is not written.</summary>
internal sealed record KeyDocument(int Version, string Id, string Label, DateTimeOffset Created, string Kdf)
{
    /// <summary>Argon2id memory in KiB; with this and the next five, all or none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MemoryKib { get; init; }

    /// <summary>Argon2id passes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Iterations { get; init; }

    /// <summary>Argon2id lanes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Parallelism { get; init; }

    /// <summary>Argon2id salt, hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Salt { get; init; }

    /// <summary>AES-256-GCM nonce, hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Nonce { get; init; }

    /// <summary>The sealed master key and its tag, hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Wrapped { get; init; }

    /// <summary>The bare master key, hex.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Master { get; init; }
}
