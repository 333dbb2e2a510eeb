using JadaStore.Store.Catalog;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Tests.Catalog;

/// <summary>
/// The rows that a look-up remembers: never those of a block that is gone or has got another's number.
/// </summary>
public sealed class RecentBlocksTests
{
    [Fact]
    public void More_blocks_than_are_remembered_are_found_in_any_order()
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 31);
        const int Blocks = 400, Chunks = 400;
        Assert.True(Blocks * Chunks * PackRows.ChunkSize > RecentBlocks.MostBytes);
        PackFooter pack = random.Pack(Blocks, Chunks), large = random.Pack(1, 105_000);
        using Store.Catalog.Catalog catalog = folder.Open();
        catalog.AddPacks([pack, large]);

        (PackBlock Block, int Position)[] all = [.. pack.Blocks.Append(large.Blocks[0])
            .SelectMany(block => Enumerable.Range(0, Chunks).Select(i => (block, i)))];
        new Random(31).Shuffle(all);
        foreach ((PackBlock block, int position) in all.Take(20_000))
        {
            Assert.True(catalog.TryFind(block.Chunks[position].Id, out ChunkLocation place));
            Assert.Equal((block.Location, position), (place.Block, place.Position));
            Assert.Equal(block.Locate().ElementAt(position).Location.Offset, place.Offset);
        }
    }

    /// <summary>Numbers are given out anew: the first block of the next pack gets that of the one that went.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void A_number_that_goes_to_another_block_is_read_anew(bool byAnother)
    {
        using var folder = new CatalogFolder();
        var random = new RandomPacks(seed: 32);
        PackFooter first = random.Pack(2, 5), second = random.Pack(2, 5);
        using Store.Catalog.Catalog catalog = folder.Open(), other = folder.Open();
        catalog.AddPacks([first]);
        AssertFinds(catalog, first);

        Store.Catalog.Catalog changes = byAnother ? other : catalog;
        changes.RemovePacks([first.Pack]);
        changes.AddPacks([second]);

        AssertFinds(catalog, second);
        Assert.All(
            first.Blocks.SelectMany(block => block.Chunks), chunk => Assert.False(catalog.TryFind(chunk.Id, out _)));
    }

    private static void AssertFinds(Store.Catalog.Catalog catalog, PackFooter pack)
    {
        foreach (PackBlock block in pack.Blocks)
        {
            Assert.All(block.Chunks.Index(), chunk =>
            {
                Assert.True(catalog.TryFind(chunk.Item.Id, out ChunkLocation place));
                Assert.Equal((block.Location, chunk.Index), (place.Block, place.Position));
            });
        }
    }
}
