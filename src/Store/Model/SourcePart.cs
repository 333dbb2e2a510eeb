namespace JadaStore.Store.Model;

/// <summary>What chose a part of a source that is put together by name, and the folders that it gave.</summary>
/// <remarks>Who takes the choice back leaves the folders out; nothing of them was removed.</remarks>
/// <param name="By">The choice, in words that stay the same from snapshot to snapshot: <c>script ID</c>.</param>
/// <param name="Folders">In the source, without a <c>/</c> at their ends; none where it gave nothing.</param>
public sealed record SourcePart(string By, IReadOnlyList<string> Folders);
