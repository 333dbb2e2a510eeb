using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Prune;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Catalog;

namespace JadaStore.Store.Tests.Prune;

/// <summary>Which packs a prune rewrites: none that would come out as it went in, or no prune would ever be the
/// last.</summary>
public class PruneChoiceTests
{
    [Theory]
    [InlineData(1, 33, 33)]
    [InlineData(1, 32, 0)]
    [InlineData(PackWriter.MostChunks / 512, 33, 0)]
    [InlineData(PackWriter.MostChunks / 512 / 4, 33, 0)]
    public void Short_packs_are_joined_unless_they_are_full_of_tiny_chunks(int blocks, int packs, int rewritten)
    {
        var random = new RandomPacks(seed: blocks);
        var table = new PackTable();
        for (int i = 0; i < packs; i++)
        {
            PackFooter footer = RandomPacks.Pack(new PackId(random.Bytes(PackId.Size)), PackPurpose.Content,
                Enumerable.Range(0, blocks).Select(
                    _ => Enumerable.Range(0, 512).Select(_ => new PackChunk(random.Id(), 16)).ToArray()));
            var life = new PackLife(footer, length: 3 << 20, order: i, isCondemned: false);
            foreach ((_, ChunkLocation place) in footer.Blocks.SelectMany(block => block.Locate()))
            {
                life.Mark(place, isVisible: true);
            }

            table.Add(life);
        }

        Assert.Equal(rewritten, PruneChoice.Of(table, [], new PruneRequest()).Rewrite.Count);
    }
}
