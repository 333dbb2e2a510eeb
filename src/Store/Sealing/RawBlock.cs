using System.Buffers;

namespace JadaStore.Store.Sealing;

/// <summary>A decoded block: the plain bytes of its chunks, end to end.</summary>
/// <remarks>Holds rented memory: nothing that was taken from it may be used after <see cref="Dispose"/>.</remarks>
internal sealed class RawBlock : IDisposable
{
    private SecretBuffer _raw;
    private int[]? _edges;

    /// <summary>For the decoder, which fills in <see cref="Target"/> and every edge.</summary>
    public RawBlock(int rawLength, int chunkCount)
    {
        _raw = new SecretBuffer(rawLength);
        _edges = ArrayPool<int>.Shared.Rent(chunkCount + 1);
        _edges[0] = 0;
        ChunkCount = chunkCount;
    }

    /// <summary>How it was compressed.</summary>
    public Codec Codec { get; init; }

    /// <summary>How many chunks: at least 1.</summary>
    public int ChunkCount { get; }

    /// <summary>The bytes of all chunks.</summary>
    public ReadOnlyMemory<byte> Raw => _raw.Memory;

    /// <summary>Where the decoder writes.</summary>
    public Span<byte> Target => _raw.Span;

    /// <summary>
    /// Where chunk <paramref name="index"/> begins; for <see cref="ChunkCount"/> itself, the length of all.
    /// </summary>
    public int Edge(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)index, (uint)ChunkCount, nameof(index));
        ObjectDisposedException.ThrowIf(_edges is null, this);
        return _edges[index];
    }

    /// <summary>Says where chunk <paramref name="index"/> ends.</summary>
    public void SetEnd(int index, int end) => _edges![index + 1] = end;

    /// <summary>How many bytes chunk <paramref name="index"/> has.</summary>
    public int ChunkLength(int index) => Edge(index + 1) - Edge(index);

    /// <summary>The bytes of chunk <paramref name="index"/>.</summary>
    public ReadOnlyMemory<byte> Chunk(int index) => Raw[Edge(index)..Edge(index + 1)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _raw.Dispose();
        if (_edges is { } edges)
        {
            _edges = null;
            ArrayPool<int>.Shared.Return(edges);
        }
    }
}
