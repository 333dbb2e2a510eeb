using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Tests.Packs;

public sealed class PackFooterTests
{
    private static readonly PackId Pack = new(Seeded.Bytes(1, PackId.Size));

    [Theory, InlineData(0), InlineData(1), InlineData(50)]
    public void A_footer_comes_back(int blocks)
    {
        PackFooter footer = New(blocks);
        byte[] bytes = footer.Encode();

        PackFooter decoded = PackFooter.Decode(Pack, footer.Purpose, bytes);

        Assert.True(decoded.SaysTheSameAs(footer));
        Assert.Equal(footer.FramesEnd, decoded.FramesEnd);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var id = new ChunkId(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        var location = new BlockLocation(Pack, PackPurpose.Pages, 0, 32, 316, 5);
        var footer = new PackFooter(Pack, PackPurpose.Pages, [new PackBlock(location, [new PackChunk(id, 5)])]);

        Assert.Equal("01bc02050105" + id, Convert.ToHexStringLower(footer.Encode()));
        Assert.Equal("0500000001000000" + "4a53544f52455045", Convert.ToHexStringLower(PackFooter.EncodeTrailer(5, 1)));
    }

    [Fact]
    public void Any_difference_is_seen()
    {
        PackFooter footer = New(3);
        PackBlock last = footer.Blocks[2];
        PackChunk[] otherId = [.. last.Chunks.SkipLast(1), new PackChunk(default, last.Chunks[^1].Length)];

        Assert.False(footer.SaysTheSameAs(footer with { Pack = PackId.New() }));
        Assert.False(footer.SaysTheSameAs(footer with { Purpose = PackPurpose.Content }));
        Assert.False(footer.SaysTheSameAs(footer with { Blocks = [.. footer.Blocks.Take(2)] }));
        Assert.False(
            footer.SaysTheSameAs(footer with { Blocks = [.. footer.Blocks.Take(2), last with { Chunks = otherId }] }));
        Assert.False(footer.SaysTheSameAs(footer with
        {
            Blocks = [.. footer.Blocks.Take(2), last with { Location = last.Location with { SealedLength = 99 } }],
        }));
    }

    [Fact]
    public void Cut_anywhere_or_longer_it_is_damage()
    {
        byte[] bytes = New(5).Encode();
        for (int length = 0; length < bytes.Length; length++)
        {
            AssertCorrupt(bytes[..length]);
        }

        AssertCorrupt([.. bytes, 0]);
    }

    [Theory]
    [InlineData("ffffffffffffffffff01")]                          // more blocks than bytes
    [InlineData("01150501ffffffff0f")]
    [InlineData("ffffffff07")]
    [InlineData("8000")]
    public void Numbers_that_promise_too_much_cost_nothing(string hex) =>
        AssertCorrupt([.. Convert.FromHexString(hex), .. new byte[40]]);

    [Fact]
    public void Bytes_changed_at_random_give_damage_or_another_valid_footer_and_nothing_else()
    {
        var random = new Random(3);
        byte[] bytes = New(4).Encode();
        for (int i = 0; i < 10_000; i++)
        {
            byte[] hostile = [.. bytes];
            hostile[random.Next(random.Next(2) == 0 ? 6 : bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.Equal(hostile, PackFooter.Decode(Pack, PackPurpose.Pages, hostile).Encode());
            }
            catch (StoreException e)
            {
                Assert.Equal(StoreFault.Corrupt, e.Fault);
            }
        }
    }

    private static void AssertCorrupt(byte[] bytes) =>
        Assert.Equal(
            StoreFault.Corrupt,
            Assert.Throws<StoreException>(() => PackFooter.Decode(Pack, PackPurpose.Pages, bytes)).Fault);

    private static PackFooter New(int blocks)
    {
        var random = new Random(2);
        var list = new List<PackBlock>();
        long offset = PackHeader.Size;
        for (int i = 0; i < blocks; i++)
        {
            PackChunk[] chunks = [.. Enumerable.Range(0, 1 + random.Next(9))
                .Select(n => new PackChunk(new ChunkId(Seeded.Bytes(n, ChunkId.Size)), 1 + random.Next(300)))];
            int sealedLength = PackFooter.MinSealed + random.Next(100_000);
            list.Add(new PackBlock(
                new BlockLocation(Pack, PackPurpose.Pages, i, offset, sealedLength, chunks.Sum(c => c.Length)),
                chunks));
            offset += PackFooter.FramePrefix + sealedLength;
        }

        return new PackFooter(Pack, PackPurpose.Pages, list);
    }
}
