namespace JadaStore.Store.Model;

/// <summary>Gives back the bytes of chunks.</summary>
public interface IChunkReader
{
    /// <summary>The chunk's bytes, checked against its id.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: it is missing, or not what was
    /// written.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(ChunkId id, CancellationToken cancellationToken);
}
