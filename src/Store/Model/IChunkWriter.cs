namespace JadaStore.Store.Model;

/// <summary>Takes the bytes of chunks and stores each content once.</summary>
public interface IChunkWriter
{
    /// <summary>Stores the bytes unless they are stored already.</summary>
    /// <param name="bytes">1 byte to 1 MiB; copied before the call returns.</param>
    /// <returns>The chunk's id; it is durable only after the writer was flushed.</returns>
    ChunkId Write(ReadOnlySpan<byte> bytes);
}
