namespace JadaStore.Store.Model;

/// <summary>One path that differs between two snapshots.</summary>
/// <param name="Path">In the snapshot, source root first: <c>local/site/index.html</c>.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Old">In the older; null when added.</param>
/// <param name="New">In the newer; null when removed.</param>
public sealed record Change(EntryPath Path, ChangeKind Kind, Entry? Old, Entry? New);
