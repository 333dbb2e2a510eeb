using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>Which sources to compare with a snapshot, and how much of them.</summary>
public sealed record VerifySourceRequest
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<ICollector> Sources { get; init; }

    /// <summary>What they are compared with.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>
    /// Share of what seems unchanged that is read again: above 0, 1 for all. A run a day reads another part each day,
    /// and all of it within 3 / share days.
    /// </summary>
    public double Share { get; init; } = 1;
}
