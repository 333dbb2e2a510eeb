using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Tests.Catalog;

public sealed class CatalogTests
{
    [Fact]
    public void Every_chunk_of_every_pack_is_found_where_its_footer_says()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 1);
        PackFooter[] packs = [.. Enumerable.Range(1, 20).Select(i => random.Pack(blocks: i, chunksPerBlock: 40 - i))];
        using (Store.Catalog.Catalog catalog = folder.Open())
        {
            Assert.True(catalog.IsNew);
            Assert.True(catalog.IsKept);
            catalog.AddPacks(packs.Take(7));
            catalog.AddPacks(packs.Skip(7));
            AssertHolds(catalog, packs);
        }

        using Store.Catalog.Catalog again = folder.Open();
        Assert.False(again.IsNew);
        AssertHolds(again, packs);
        for (int i = 0; i < 1000; i++)
        {
            ChunkId unknown = random.Id();
            Assert.False(again.Contains(unknown));
            Assert.False(again.TryFind(unknown, out _));
        }
    }

    [Fact]
    public void Adding_a_pack_twice_changes_nothing()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 2);
        PackFooter pack = random.Pack(3, 5), other = random.Pack(2, 2);
        using Store.Catalog.Catalog catalog = folder.Open();
        catalog.AddPacks([pack, pack]);
        catalog.AddPacks([other, pack]);

        AssertHolds(catalog, [pack, other]);
        Assert.Single(catalog.FindAll(pack.Blocks[0].Chunks[0].Id));
    }

    /// <summary>
    /// Ids are compared whole: were eight bytes enough, one of two such chunks would be taken for the other and lost.
    /// </summary>
    [Fact]
    public void Chunks_whose_ids_begin_alike_are_told_apart()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 3);
        byte[] bytes = random.Bytes(ChunkId.Size);
        PackChunk[] alike = [.. Enumerable.Range(0, 50).Select(i =>
        {
            bytes[31] = (byte)i;
            return new PackChunk(new ChunkId(bytes), 10 + i);
        })];
        PackFooter pack = random.Pack(PackId.New(), [alike[..20], alike[20..40]]);
        using Store.Catalog.Catalog catalog = folder.Open();
        catalog.AddPacks([pack]);

        AssertHolds(catalog, [pack]);
        Assert.All(alike[40..], chunk => Assert.False(catalog.Contains(chunk.Id)));
    }

    /// <summary>Two machines may store the same chunk at the same time; either pack may then be removed.</summary>
    [Fact]
    public void A_chunk_in_two_packs_outlives_the_removal_of_either()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 4);
        PackChunk shared = random.Chunk(), first = random.Chunk(), second = random.Chunk();
        PackFooter a =
            random.Pack(PackId.New(), [[first, shared]]), b = random.Pack(PackId.New(), [[shared], [second]]);
        using Store.Catalog.Catalog catalog = folder.Open();
        catalog.AddPacks([a, b]);
        Assert.Equal([a.Pack, b.Pack], catalog.FindAll(shared.Id).Select(place => place.Block.Pack));
        Assert.True(catalog.TryFind(shared.Id, out ChunkLocation place));
        Assert.Equal(new ChunkLocation(a.Blocks[0].Location, first.Length, shared.Length, 1), place);

        catalog.RemovePacks([a.Pack, PackId.New()]);

        Assert.False(catalog.Contains(first.Id));
        Assert.Empty(catalog.Blocks(a.Pack));
        AssertHolds(catalog, [b]);
    }

    [Fact]
    public void Removing_and_adding_in_any_order_leaves_what_was_not_removed()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 5);
        var order = new Random(5);
        var held = new List<PackFooter>();
        using Store.Catalog.Catalog catalog = folder.Open();
        for (int step = 0; step < 60; step++)
        {
            if (held.Count > 3 && order.Next(3) == 0)
            {
                PackFooter[] gone = [.. held.Where(_ => order.Next(2) == 0)];
                catalog.RemovePacks(gone.Select(pack => pack.Pack));
                held.RemoveAll(gone.Contains);
                Assert.All(gone.SelectMany(Chunks), chunk => Assert.False(catalog.TryFind(chunk.Id, out _)));
            }

            PackFooter[] added =
                [.. Enumerable.Range(0, order.Next(4)).Select(_ => random.Pack(order.Next(1, 5), order.Next(1, 30)))];
            catalog.AddPacks(added);
            held.AddRange(added);
            AssertHolds(catalog, held);
        }
    }

    [Fact]
    public void Snapshot_records_come_back_as_they_were()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 6);
        var records = Enumerable.Range(0, 10).ToDictionary(
            _ => new SnapshotId(random.Id().Value), i => random.Bytes(100 + (i * 3000)));
        using (Store.Catalog.Catalog catalog = folder.Open())
        {
            foreach ((SnapshotId id, byte[] record) in records)
            {
                catalog.AddSnapshot(id, record);
                catalog.AddSnapshot(id, record);
            }
        }

        using Store.Catalog.Catalog again = folder.Open();
        Assert.Equal(records, again.Snapshots());
        SnapshotId gone = records.Keys.First();
        records.Remove(gone);
        again.RemoveSnapshot(gone);
        again.RemoveSnapshot(gone);
        Assert.Equal(records, again.Snapshots());
    }

    /// <summary>
    /// What is written so is flushed before it counts as written; all else may wait for the next checkpoint.
    /// </summary>
    [Fact]
    public void Only_what_is_asked_to_be_durable_waits_for_the_disk()
    {
        using var folder = new CatalogFolder();
        using Store.Catalog.Catalog catalog = folder.Open();
        Database database = catalog.Database;
        var levels = new List<string>();
        void Look() => levels.Add(database.Text("PRAGMA synchronous"));

        database.InTransaction(Look);
        database.InDurableTransaction(Look);
        Look();
        void Fail() => throw new TimeoutException();
        Assert.Throws<TimeoutException>(() => database.InDurableTransaction(Fail));
        Look();

        Assert.Equal(["1", "2", "1", "1"], levels);
    }

    [Fact]
    public void Records_that_are_given_up_are_gone_whether_they_were_there_or_not()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 8);
        SnapshotId[] ids = [.. Enumerable.Range(0, 3).Select(_ => new SnapshotId(random.Id().Value))];
        using Store.Catalog.Catalog catalog = folder.Open();
        catalog.AddSnapshot(ids[0], random.Bytes(100));
        catalog.AddSnapshot(ids[1], random.Bytes(100));

        Assert.True(catalog.TryGiveUpSnapshots([ids[1], ids[2]]));

        Assert.Equal(ids[0], Assert.Single(catalog.Snapshots().Keys));
    }

    /// <summary>Enough chunks for many pages and for the filter, which must never hide a chunk that is there.</summary>
    [Fact]
    public void Two_hundred_thousand_chunks_are_found_and_as_many_others_are_not()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 7);
        using Store.Catalog.Catalog catalog = folder.Open();
        PackFooter[] packs = [.. Enumerable.Range(0, 100).Select(_ => random.Pack(blocks: 100, chunksPerBlock: 20))];
        ChunkId[] others = [.. Enumerable.Range(0, 200_000).Select(_ => random.Id())];
        catalog.AddPacks(packs.Take(50));
        Assert.DoesNotContain(true, others.Take(100_000).Select(catalog.Contains));

        catalog.AddPacks(packs.Skip(50).Take(49));
        catalog.AddPacks(packs.Skip(99));

        Assert.DoesNotContain(true, others.Select(catalog.Contains));
        Assert.DoesNotContain(false, packs.SelectMany(Chunks).Select(chunk => catalog.Contains(chunk.Id)));
        Assert.Equal(200_000, catalog.Packs().Sum(pack => pack.Chunks));
    }

    private static IEnumerable<PackChunk> Chunks(PackFooter pack) => pack.Blocks.SelectMany(block => block.Chunks);

    internal static void AssertHolds(Store.Catalog.Catalog catalog, IReadOnlyList<PackFooter> packs)
    {
        foreach (PackFooter pack in packs)
        {
            IReadOnlyList<PackBlock> blocks = catalog.Blocks(pack.Pack);
            Assert.Equal(pack.Blocks.Select(block => block.Location), blocks.Select(block => block.Location));
            foreach (PackBlock block in pack.Blocks)
            {
                Assert.Equal(block.Chunks, blocks[block.Location.Number].Chunks);
                foreach ((PackChunk chunk, ChunkLocation location) in block.Locate())
                {
                    Assert.True(catalog.Contains(chunk.Id));
                    Assert.True(catalog.TryFind(chunk.Id, out ChunkLocation found));
                    Assert.Equal(location, found);
                }
            }
        }

        Assert.Equal(
            packs.Select(pack => (pack.Pack, pack.Purpose, pack.Blocks.Count, (long)Chunks(pack).Count(),
                (long)Chunks(pack).Sum(chunk => chunk.Length), pack.Blocks.Sum(block => (long)block.Location.SealedLength))).ToHashSet(),
            catalog.Packs().Select(pack => (pack.Id, pack.Purpose, pack.Blocks, pack.Chunks, pack.RawBytes, pack.SealedBytes)).ToHashSet());
    }
}
