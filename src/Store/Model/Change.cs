namespace JadaStore.Store.Model;

/// <summary>One path that differs between two snapshots.</summary>
/// <param name="Path">In the snapshot, source root first: <c>local/site/index.html</c>. Of what one of them did not
/// take, the whole: <c>local/site/</c>, <c>lambda/eu-west-1/</c>.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Old">In the older; null when added, and for what was not taken.</param>
/// <param name="New">In the newer; null when removed, and for what was not taken.</param>
public sealed record Change(EntryPath Path, ChangeKind Kind, Entry? Old, Entry? New);
