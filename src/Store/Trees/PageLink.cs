using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>What an inner page says of a page below it.</summary>
/// <param name="First">The first path below.</param>
/// <param name="Id">The page.</param>
/// <param name="Entries">How many entries lie below; 2⁶³ − 1 when it is more.</param>
/// <param name="Bytes">Sum of their sizes; 2⁶³ − 1 when it is more.</param>
internal readonly record struct PageLink(EntryPath First, ChunkId Id, long Entries, long Bytes);
