namespace JadaStore.Store.Packs;

/// <summary>Where a chunk lies.</summary>
/// <param name="Block">In which block.</param>
/// <param name="Offset">Where it begins among the block's plain bytes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Position">Which of the block's chunks, from 0.</param>
internal readonly record struct ChunkLocation(BlockLocation Block, int Offset, int Length, int Position);
