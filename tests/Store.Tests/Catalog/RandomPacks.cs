using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Tests.Catalog;

/// <summary>Packs that were never written: enough for a catalog. Equal seeds give equal packs.</summary>
internal sealed class RandomPacks(int seed)
{
    private readonly Random _random = new(seed);

    public PackFooter Pack(int blocks, int chunksPerBlock)
    {
        byte[] bytes = new byte[PackId.Size];
        _random.NextBytes(bytes);
        return Pack(new PackId(bytes), Enumerable.Range(0, blocks)
            .Select(_ => Enumerable.Range(0, chunksPerBlock).Select(_ => Chunk()).ToArray()));
    }

    public PackFooter Pack(PackId id, IEnumerable<PackChunk[]> blocks) =>
        Pack(id, _random.Next(4) == 0 ? PackPurpose.Pages : PackPurpose.Content, blocks);

    public static PackFooter Pack(PackId id, PackPurpose purpose, IEnumerable<PackChunk[]> blocks)
    {
        long offset = 32;
        var list = new List<PackBlock>();
        foreach (PackChunk[] chunks in blocks)
        {
            int raw = chunks.Sum(chunk => chunk.Length), length = (raw / 2) + 20;
            list.Add(new PackBlock(new BlockLocation(id, purpose, list.Count, offset, length, raw), chunks));
            offset += 4 + length;
        }

        return new PackFooter(id, purpose, list);
    }

    public PackChunk Chunk() => new(Id(), _random.Next(1, 20_000));

    public ChunkId Id()
    {
        byte[] bytes = new byte[ChunkId.Size];
        _random.NextBytes(bytes);
        return new ChunkId(bytes);
    }

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
