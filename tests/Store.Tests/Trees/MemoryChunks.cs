using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Trees;

/// <summary>Chunks in memory, named as a repository names them; counts what is read.</summary>
internal sealed class MemoryChunks : IChunkReader, IChunkWriter
{
    private readonly Dictionary<ChunkId, byte[]> _chunks = [];

    public MasterKey Key { get; } = new(new byte[MasterKey.Size]);

    public int Reads { get; set; }

    public int Count => _chunks.Count;

    public IEnumerable<byte[]> All => _chunks.Values;

    public byte[] this[ChunkId id] => _chunks[id];

    public ChunkId Write(ReadOnlySpan<byte> bytes)
    {
        Assert.InRange(bytes.Length, 1, 1 << 20);
        ChunkId id = Key.ChunkIdOf(Blake3.Hash(bytes));
        _chunks.TryAdd(id, bytes.ToArray());
        return id;
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(ChunkId id, CancellationToken cancellationToken)
    {
        Reads++;
        return _chunks.TryGetValue(id, out byte[]? bytes)
            ? new ValueTask<ReadOnlyMemory<byte>>(bytes)
            : throw new StoreException(StoreFault.Corrupt, $"Chunk {id} is missing.");
    }

    public void Remove(ChunkId id) => _chunks.Remove(id);
}
