using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>One path that differs between two maps.</summary>
/// <param name="Path">Inside the maps' source.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Old">The entry in the old map; null when it was added.</param>
/// <param name="New">The entry in the new map; null when it was removed.</param>
internal sealed record EntryChange(EntryPath Path, ChangeKind Kind, Entry? Old, Entry? New);
