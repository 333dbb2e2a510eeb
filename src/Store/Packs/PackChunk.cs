using JadaStore.Store.Model;

namespace JadaStore.Store.Packs;

/// <summary>A chunk as a pack's footer lists it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Length">Plain bytes: 1 to 1 MiB.</param>
internal readonly record struct PackChunk(ChunkId Id, int Length);
