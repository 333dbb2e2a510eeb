namespace JadaStore.Store.Packs;

/// <summary>A block as a pack's footer lists it.</summary>
/// <param name="Location">Where it lies.</param>
/// <param name="Chunks">What is in it, end to end; at least one.</param>
internal sealed record PackBlock(BlockLocation Location, IReadOnlyList<PackChunk> Chunks)
{
    /// <summary>Where each chunk lies, in their order.</summary>
    public IEnumerable<(PackChunk Chunk, ChunkLocation Location)> Locate()
    {
        int offset = 0, position = 0;
        foreach (PackChunk chunk in Chunks)
        {
            yield return (chunk, new ChunkLocation(Location, offset, chunk.Length, position++));
            offset += chunk.Length;
        }
    }
}
