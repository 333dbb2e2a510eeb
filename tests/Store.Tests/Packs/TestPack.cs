using System.Collections.Concurrent;
using JadaStore.Store.Backends;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Packs;

/// <summary>Packs in memory with what they are to hold.</summary>
internal sealed class TestPack : IDisposable
{
    public MasterKey Master { get; } = new(Seeded.Bytes(1, MasterKey.Size));

    public MemoryBackend Backend { get; } = new();

    public ConcurrentQueue<PackFooter> Published { get; } = new();

    public ConcurrentDictionary<ChunkId, byte[]> Written { get; } = new();

    public PackReader Reader => new(Backend, Master);

    public PackFooter Only => Assert.Single(Published);

    /// <summary>A pack of a few small blocks of all codecs.</summary>
    public static async Task<TestPack> SmallAsync(int seed = 1, PackPurpose purpose = PackPurpose.Content)
    {
        var test = new TestPack();
        await using PackWriter writer = test.NewWriter(purpose);
        await test.AppendAsync(writer, Seeded.Text(seed, 300), [100, 150, 50], Codec.Lz4Fast);
        await test.AppendAsync(writer, Seeded.Bytes(seed, 40), [39, 1], Codec.Lz4Fast);
        await test.AppendAsync(writer, Seeded.Text(seed + 1, 200), [200], Codec.Lz4High);
        await test.AppendAsync(writer, [(byte)seed], [1], Codec.Stored);
        await writer.FlushAsync(CancellationToken.None);
        return test;
    }

    public PackWriter NewWriter(PackPurpose purpose = PackPurpose.Content, long targetSize = PackWriter.DefaultTargetSize,
        Action<Memory<byte>>? tamper = null, IBackend? backend = null, Func<PackFooter, CancellationToken, ValueTask>? published = null) =>
        new(backend ?? Backend, Master, purpose, targetSize, published ?? ((footer, _) =>
        {
            Published.Enqueue(footer);
            return ValueTask.CompletedTask;
        })) { Tamper = tamper };

    public ValueTask AppendAsync(PackWriter writer, byte[] raw, int[] lengths, Codec codec)
    {
        var ids = new ChunkId[lengths.Length];
        for (int i = 0, at = 0; i < ids.Length; at += lengths[i++])
        {
            byte[] chunk = raw[at..(at + lengths[i])];
            ids[i] = Master.ChunkIdOf(Blake3.Hash(chunk));
            Written[ids[i]] = chunk;
        }

        return writer.AppendAsync(raw, ids, lengths, codec, CancellationToken.None);
    }

    /// <summary>Reads all chunks that a footer lists and compares them with what was written.</summary>
    /// <returns>The ids read.</returns>
    public async Task<HashSet<ChunkId>> ReadAllAsync(PackFooter footer)
    {
        var seen = new HashSet<ChunkId>();
        foreach (PackBlock block in footer.Blocks)
        {
            using RawBlock raw = await Reader.ReadBlockAsync(block.Location, CancellationToken.None);
            Assert.Equal(block.Chunks.Count, raw.ChunkCount);
            foreach ((PackChunk chunk, ChunkLocation location) in block.Locate())
            {
                byte[] read = raw.Raw.Slice(location.Offset, location.Length).ToArray();
                Assert.Equal(Written[chunk.Id], read);
                seen.Add(chunk.Id);
            }
        }

        return seen;
    }

    public void Dispose() => Master.Dispose();
}
