namespace JadaStore.Store.Model;

/// <summary>One run of a file's bytes: a chunk, or a hole that reads as zeros and is stored nowhere.</summary>
/// <param name="Id">The chunk; default for a hole.</param>
/// <param name="Length">Bytes, at least 1.</param>
/// <param name="IsHole">Whether this is a hole.</param>
public readonly record struct Extent(ChunkId Id, long Length, bool IsHole)
{
    /// <summary>A hole of that many bytes.</summary>
    public static Extent Hole(long length) => new(default, length, true);

    /// <summary>A chunk of that many bytes.</summary>
    public static Extent Chunk(ChunkId id, long length) => new(id, length, false);
}
