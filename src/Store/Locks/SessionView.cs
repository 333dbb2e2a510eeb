namespace JadaStore.Store.Locks;

/// <summary>What a running session builds on, as it was when the session began.</summary>
/// <param name="Condemned">
/// The condemned documents that it knows of, by name: it stores anew what only packs of theirs hold.
/// </param>
/// <param name="Snapshots">The snapshots that there were, by id: it may carry over what any of them holds.</param>
internal sealed record SessionView(IReadOnlyList<string> Condemned, IReadOnlyList<string> Snapshots);
