using System.Buffers.Binary;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Fuzz.Targets;

/// <summary>Chunks whose ids are their numbers: what they say of each other is for the fuzzer to choose.</summary>
internal sealed class NumberedChunks : IChunkReader
{
    private readonly List<byte[]> _chunks = [];

    /// <param name="bytes">A u16 length and a chunk, again and again; what is left over is passed over.</param>
    public NumberedChunks(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 2 && BinaryPrimitives.ReadUInt16LittleEndian(bytes) is var length
            && length <= bytes.Length - 2)
        {
            _chunks.Add(bytes.Slice(2, length).ToArray());
            bytes = bytes[(2 + length)..];
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _chunks.Count;

    /// <summary>How often one was read.</summary>
    public int Reads { get; set; }

    /// <summary>A chunk's bytes.</summary>
    public byte[] this[int number] => _chunks[number];

    /// <summary>The id of a number.</summary>
    public static ChunkId Id(byte number)
    {
        byte[] id = new byte[ChunkId.Size];
        id[0] = number;
        return new ChunkId(id);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(ChunkId id, CancellationToken cancellationToken)
    {
        Reads++;
        int number = (int)(id.Prefix >> 56);
        return number < Count
            ? new ValueTask<ReadOnlyMemory<byte>>(_chunks[number])
            : throw new StoreException(StoreFault.Corrupt, $"Chunk {id} is missing.");
    }
}
