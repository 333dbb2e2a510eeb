namespace JadaStore.Store.Packs;

/// <summary>Where a chunk lies.</summary>
/// <param name="Block">In which block.</param>
/// <param name="Offset">Where it begins among the block's plain bytes.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct ChunkLocation(BlockLocation Block, int Offset, int Length);
