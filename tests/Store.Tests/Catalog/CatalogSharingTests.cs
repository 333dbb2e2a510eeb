using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Tests.Catalog;

/// <summary>Several machines and processes write to one repository; on one machine they share its catalog.</summary>
public sealed class CatalogSharingTests
{
    [Fact]
    public void What_one_process_adds_another_finds_at_once()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 11);
        using Store.Catalog.Catalog a = folder.Open(), b = folder.Open();
        Assert.False(b.IsNew);
        for (int i = 0; i < 20; i++)
        {
            PackFooter pack = random.Pack(2, 5);
            ChunkId id = pack.Blocks[1].Chunks[4].Id;
            Assert.False(b.TryFind(id, out _));
            a.AddPacks([pack]);
            Assert.True(b.TryFind(id, out _));
            Assert.Equal(2, b.Blocks(pack.Pack).Count);
            a.RemovePacks([pack.Pack]);
            Assert.Empty(b.Packs());
        }
    }

    [Fact]
    public async Task Threads_of_two_processes_add_and_find_at_once_and_nothing_is_lost()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 12);
        PackFooter[] packs = [.. Enumerable.Range(0, 80).Select(_ => random.Pack(5, 20))];
        using (Store.Catalog.Catalog a = folder.Open(), b = folder.Open())
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, packs.Length * 2), new ParallelOptions { MaxDegreeOfParallelism = 6 }, (i, _) =>
            {
                // Each pack is added through both, one of them a moment later.
                PackFooter pack = packs[i / 2];
                Store.Catalog.Catalog mine = i % 2 == 0 ? a : b;
                mine.AddPacks([pack]);
                Assert.All(pack.Blocks.SelectMany(block => block.Locate()), each =>
                {
                    Assert.True(mine.TryFind(each.Chunk.Id, out ChunkLocation found));
                    Assert.Equal(each.Location, found);
                });
                Assert.False(mine.Contains(new ChunkId(new byte[32])));
                return ValueTask.CompletedTask;
            });
            CatalogTests.AssertHolds(a, packs);
        }

        using Store.Catalog.Catalog again = folder.Open();
        CatalogTests.AssertHolds(again, packs);
    }

    [Fact]
    public async Task Processes_that_open_a_new_catalog_together_get_the_same_one()
    {
        for (int round = 0; round < 20; round++)
        {
            using var folder = new CatalogFolder();
            var random = new RandomPacks(round);
            PackFooter[] packs = [.. Enumerable.Range(0, 4).Select(_ => random.Pack(1, 3))];
            await Parallel.ForEachAsync(packs, new ParallelOptions { MaxDegreeOfParallelism = 4 }, (pack, _) =>
            {
                using Store.Catalog.Catalog catalog = folder.Open();
                Assert.True(catalog.IsKept);
                catalog.AddPacks([pack]);
                return ValueTask.CompletedTask;
            });

            using Store.Catalog.Catalog again = folder.Open();
            CatalogTests.AssertHolds(again, packs);
        }
    }

    /// <summary>Another process may empty a damaged or foreign catalog while this one works.</summary>
    [Fact]
    public void A_catalog_that_another_process_makes_anew_is_simply_empty()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 13);
        PackFooter pack = random.Pack(3, 3), later = random.Pack(2, 2);
        using Store.Catalog.Catalog a = folder.Open();
        a.AddPacks([pack]);
        Assert.True(a.Contains(pack.Blocks[0].Chunks[0].Id));

        using Store.Catalog.Catalog b = folder.Open(anew: true);

        Assert.True(b.IsNew);
        Assert.Empty(a.Packs());
        Assert.False(a.TryFind(pack.Blocks[0].Chunks[0].Id, out _));
        a.AddPacks([later]);
        CatalogTests.AssertHolds(b, [later]);
    }
}
