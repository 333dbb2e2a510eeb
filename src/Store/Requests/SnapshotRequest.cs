using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>What to capture.</summary>
public sealed record SnapshotRequest
{
    /// <summary>At least one; roots must differ and none may lie within another.</summary>
    public required IReadOnlyList<ICollector> Sources { get; init; }

    /// <summary>The snapshot's name; null counts up from the newest: v1.0, v1.1, …</summary>
    public string? Name { get; init; }

    /// <summary>Count up the first number: v2.0. Not together with <see cref="Name"/>.</summary>
    public bool Major { get; init; }

    /// <summary>What the user says of it.</summary>
    public string Message { get; init; } = "";

    /// <summary>Free words.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Read everything, even what seems unchanged.</summary>
    public bool Force { get; init; }

    /// <summary>The listings that sources were chosen from.</summary>
    public IReadOnlyList<SourceListing> Listings { get; init; } = [];

    /// <summary>What is suspicious beside the snapshot before; null: nothing is.</summary>
    public AlarmLimits? Alarm { get; init; } = new();

    /// <summary>How hard to compress.</summary>
    public Compression Compression { get; init; } = Compression.Fast;

    /// <summary>What the record says of the program that took it.</summary>
    public string Program { get; init; } = "";
}
