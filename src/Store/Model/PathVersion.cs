namespace JadaStore.Store.Model;

/// <summary>What one snapshot did to a path.</summary>
/// <param name="Snapshot">The snapshot in which it first was so.</param>
/// <param name="Path">Source root first.</param>
/// <param name="Kind">Against the snapshot before it that holds the same source.</param>
/// <param name="Entry">As it then was; null when removed.</param>
public sealed record PathVersion(Snapshot Snapshot, EntryPath Path, ChangeKind Kind, Entry? Entry);
