namespace JadaStore.Store.Model;

/// <summary>An entry and where it stands in a snapshot.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="Path">Source root first: <c>local/site/index.html</c>; a folder's ends in <c>/</c>.</param>
/// <param name="Entry">The entry; null for a folder that is only implied by what lies below it, as in S3.</param>
public sealed record Found(Snapshot Snapshot, EntryPath Path, Entry? Entry);
