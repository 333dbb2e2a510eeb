using System.Collections.Concurrent;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Sealing;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class PageSinkTests
{
    [Theory, InlineData(1), InlineData(2)]
    public async Task Pages_from_several_threads_are_each_stored_once_and_come_back_as_they_were(int seed)
    {
        using var test = new TestPack();
        var known = new KnownChunks(_ => false);
        await using PackWriter packs = test.NewWriter(PackPurpose.Pages, targetSize: 300_000);
        var sink = new PageSink(test.Master, known, packs);
        byte[][] pages =
            [.. Enumerable.Range(0, 400).Select(i => Seeded.Bytes((seed * 1000) + i, 1 + (i * 37 % 9000)))];
        var given = new ConcurrentDictionary<ChunkId, byte[]>();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            var random = new Random((seed * 10) + worker);
            for (int i = 0; i < 900; i++)
            {
                byte[] page = pages[random.Next(pages.Length)];
                given[sink.Write(page)] = page;
                await sink.DrainAsync(all: false, default);
            }
        })));
        await sink.DrainAsync(all: true, default);
        await packs.FlushAsync(default);

        Assert.All(given, pair => Assert.Equal(test.Master.ChunkIdOf(Blake3.Hash(pair.Value)), pair.Key));
        List<(PackBlock Block, PackChunk Chunk)> stored =
            [.. test.Published.SelectMany(pack => pack.Blocks).SelectMany(
                block => block.Chunks.Select(chunk => (block, chunk)))];
        Assert.Equal(given.Count, stored.Count);
        Assert.Equal(given.Keys.Order(ById), stored.Select(one => one.Chunk.Id).Order(ById));
        Assert.Equal(PackPurpose.Pages, Assert.Single(test.Published.Select(pack => pack.Purpose).Distinct()));
        PackReader reader = test.Reader;
        foreach (PackBlock block in stored.Select(one => one.Block).Distinct())
        {
            using RawBlock raw = await reader.ReadBlockAsync(block.Location, default);
            int at = 0;
            foreach (PackChunk chunk in block.Chunks)
            {
                Assert.Equal(given[chunk.Id], raw.Raw.Slice(at, chunk.Length).ToArray());
                at += chunk.Length;
            }
        }
    }

    [Fact]
    public async Task A_page_that_is_stored_already_goes_into_no_pack()
    {
        using var test = new TestPack();
        await using PackWriter packs = test.NewWriter(PackPurpose.Pages);
        var sink = new PageSink(test.Master, new KnownChunks(_ => true), packs);

        sink.Write(new byte[100_000]);
        await sink.DrainAsync(all: true, default);
        await packs.FlushAsync(default);

        Assert.Empty(test.Published);
    }

    private static readonly Comparer<ChunkId> ById =
        Comparer<ChunkId>.Create((x, y) => string.CompareOrdinal(x.ToString(), y.ToString()));
}
