namespace JadaStore.Store.Model;

/// <summary>Says that a snapshot never goes.</summary>
/// <param name="Snapshot">Which.</param>
/// <param name="Pinned">When it was said; null where the pin itself is damaged, which holds all the same.</param>
/// <param name="Reason">Why, for a person; may be empty.</param>
public sealed record SnapshotPin(SnapshotId Snapshot, DateTimeOffset? Pinned, string Reason);
