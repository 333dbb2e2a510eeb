using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>A map that was built.</summary>
/// <param name="Root">Its root page; null for the empty map, which has no page.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Bytes">Sum of their sizes; 2⁶³ − 1 when it is more.</param>
internal sealed record TreeSummary(ChunkId? Root, long Entries, long Bytes);
