using System.Collections.Concurrent;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Tests.Trees;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class KnownChunksTests
{
    [Theory, InlineData(1), InlineData(2)]
    public async Task Each_chunk_is_claimed_once_however_many_ask_and_whenever_its_pack_is_done(int seed)
    {
        const int Chunks = 3000;
        var stored = new ConcurrentDictionary<ChunkId, bool>();
        var known = new KnownChunks(stored.ContainsKey);
        int[] claims = new int[Chunks];
        var together = new Barrier(3);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(worker => Task.Run(() =>
        {
            var random = new Random((seed * 10) + worker);
            together.SignalAndWait();
            for (int i = 0; i < 20_000; i++)
            {
                int chunk = random.Next(Chunks);
                if (known.TryClaim(Maps.SomeChunk(chunk)))
                {
                    Interlocked.Increment(ref claims[chunk]);

                    // In a pack and in the catalog at once, while the others go on asking.
                    stored.TryAdd(Maps.SomeChunk(chunk), true);
                    known.Forget(PackOf(Maps.SomeChunk(chunk)));
                }
            }
        })));

        Assert.All(claims, count => Assert.Equal(1, count));
    }

    /// <summary>
    /// Between the look into the catalog and its answer, another may claim, store and be done with the chunk.
    /// </summary>
    [Fact]
    public void A_slow_answer_from_the_catalog_makes_no_second_claim()
    {
        ChunkId id = Maps.SomeChunk(1);
        var claims = new List<string>();
        bool inside = false;
        KnownChunks known = null!;
        known = new KnownChunks(_ =>
        {
            if (!inside)
            {
                inside = true;
                if (known.TryClaim(id))
                {
                    claims.Add("the quick one");
                    known.Forget(PackOf(id));
                }
            }

            return false;
        });

        if (known.TryClaim(id))
        {
            claims.Add("the slow one");
        }

        Assert.Single(claims);
    }

    [Fact]
    public void What_is_stored_is_never_claimed()
    {
        var known = new KnownChunks(_ => true);

        Assert.False(known.TryClaim(Maps.SomeChunk(1)));
        Assert.False(known.TryClaim(Maps.SomeChunk(1)));
    }

    /// <summary>Or the chunk would be taken for stored by all who ask later, and be lost.</summary>
    [Fact]
    public void A_catalog_that_fails_leaves_no_claim_behind()
    {
        bool fails = true;
        var known = new KnownChunks(_ => fails ? throw new StoreException(StoreFault.Io, "disk") : false);
        Assert.Throws<StoreException>(() => known.TryClaim(Maps.SomeChunk(1)));

        fails = false;

        Assert.True(known.TryClaim(Maps.SomeChunk(1)));
    }

    private static PackFooter PackOf(ChunkId id)
    {
        var pack = PackId.New();
        var place = new BlockLocation(pack, PackPurpose.Content, 0, PackHeader.Size, 100, 1);
        return new PackFooter(pack, PackPurpose.Content, [new PackBlock(place, [new PackChunk(id, 1)])]);
    }
}
