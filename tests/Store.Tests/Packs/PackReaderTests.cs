using System.Buffers.Binary;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Packs;

public sealed class PackReaderTests
{
    private static CancellationToken None => CancellationToken.None;

    [Theory, InlineData(0), InlineData(1)]
    public async Task A_footer_read_is_the_one_that_was_published(int purpose)
    {
        using TestPack test = await TestPack.SmallAsync(purpose: (PackPurpose)purpose);

        PackFooter footer = await test.Reader.ReadFooterAsync(test.Only.Pack, None);

        Assert.True(footer.SaysTheSameAs(test.Only));
        Assert.Equal(test.Written.Keys.ToHashSet(), await test.ReadAllAsync(footer));
    }

    [Fact]
    public async Task Whatever_byte_of_a_pack_is_changed_what_it_hits_is_damage_and_the_rest_is_right()
    {
        using TestPack test = await TestPack.SmallAsync();
        string name = PackName.Of(test.Only.Pack);
        byte[] whole = test.Backend.Objects[name];
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= (byte)(1 << (i % 8));
            test.Backend.Objects[name] = damaged;
            bool inFrames = i >= PackHeader.Size && i < test.Only.FramesEnd;
            Assert.Equal(inFrames, await ReadsFooterAsync(test, test.Only.Pack));
            foreach (PackBlock block in test.Only.Blocks)
            {
                bool hit = i >= block.Location.Offset
                    && i < block.Location.Offset + PackFooter.FramePrefix + block.Location.SealedLength;
                Assert.Equal(!hit, await ReadsAsync(test, block));
            }
        }
    }

    [Fact]
    public async Task A_pack_cut_short_anywhere_or_longer_is_damage()
    {
        using TestPack test = await TestPack.SmallAsync();
        string name = PackName.Of(test.Only.Pack);
        byte[] whole = test.Backend.Objects[name];
        for (int length = 0; length < whole.Length; length++)
        {
            test.Backend.Objects[name] = whole[..length];
            Assert.False(await ReadsFooterAsync(test, test.Only.Pack));
            foreach (PackBlock block in test.Only.Blocks)
            {
                bool there = length >= block.Location.Offset + PackFooter.FramePrefix + block.Location.SealedLength;
                Assert.Equal(there, await ReadsAsync(test, block));
            }
        }

        test.Backend.Objects[name] = [.. whole, 0];
        Assert.False(await ReadsFooterAsync(test, test.Only.Pack));
        test.Backend.Objects[name] = [.. whole[..(int)test.Only.FramesEnd], 0, .. whole[(int)test.Only.FramesEnd..]];
        Assert.False(await ReadsFooterAsync(test, test.Only.Pack));
    }

    [Fact]
    public async Task A_missing_pack_is_damage()
    {
        using var test = new TestPack();

        Assert.False(await ReadsFooterAsync(test, PackId.New()));
    }

    [Fact]
    public async Task Two_packs_that_changed_places_are_damage()
    {
        using TestPack one = await TestPack.SmallAsync(1), two = await TestPack.SmallAsync(2);
        string name = PackName.Of(one.Only.Pack);
        byte[] other = two.Backend.Objects[PackName.Of(two.Only.Pack)];
        one.Backend.Objects[name] = other;
        Assert.False(await ReadsFooterAsync(one, one.Only.Pack));

        byte[] underOurHeader = [.. other];
        PackHeader.Encode(one.Only.Pack, PackPurpose.Content).CopyTo(underOurHeader, 0);
        one.Backend.Objects[name] = underOurHeader;
        Assert.False(await ReadsFooterAsync(one, one.Only.Pack));
        foreach (PackBlock block in one.Only.Blocks)
        {
            Assert.False(await ReadsAsync(one, block));
        }
    }

    [Fact]
    public async Task Frames_of_one_length_that_changed_places_are_damage()
    {
        using var test = new TestPack();
        await using PackWriter writer = test.NewWriter();
        await test.AppendAsync(writer, Seeded.Bytes(1, 100), [100], Codec.Stored);
        await test.AppendAsync(writer, Seeded.Bytes(2, 100), [100], Codec.Stored);
        await writer.FlushAsync(None);
        byte[] bytes = test.Backend.Objects[PackName.Of(test.Only.Pack)];
        int length = PackFooter.FramePrefix + test.Only.Blocks[0].Location.SealedLength;

        byte[] first = bytes[32..(32 + length)];
        bytes.AsSpan(32 + length, length).CopyTo(bytes.AsSpan(32));
        first.CopyTo(bytes, 32 + length);

        Assert.False(await ReadsAsync(test, test.Only.Blocks[0]));
        Assert.False(await ReadsAsync(test, test.Only.Blocks[1]));
    }

    [Fact]
    public async Task A_location_that_is_wrong_in_any_part_is_damage()
    {
        using TestPack test = await TestPack.SmallAsync();
        PackBlock block = test.Only.Blocks[1];
        BlockLocation right = block.Location;
        BlockLocation[] wrong =
        [
            right with { Pack = PackId.New() }, right with { Purpose = PackPurpose.Pages }, right with { Number = 0 },
            right with { Number = -1 }, right with { Offset = right.Offset + 1 }, right with { Offset = -5 },
            right with { Offset = 0 },
            right with { Offset = long.MaxValue - 10 }, right with { SealedLength = right.SealedLength - 1 },
            right with { SealedLength = right.SealedLength + 1 }, right with { SealedLength = 0 },
            right with { SealedLength = -1 },
            right with { SealedLength = int.MaxValue }, right with { RawLength = right.RawLength + 1 },
            right with { RawLength = -1 },
        ];

        Assert.True(await ReadsAsync(test, block));
        foreach (BlockLocation location in wrong)
        {
            Assert.False(await ReadsAsync(test, block with { Location = location }), location.ToString());
        }
    }

    [Fact]
    public async Task A_pack_of_a_later_version_is_called_that()
    {
        using TestPack test = await TestPack.SmallAsync();
        test.Backend.Objects[PackName.Of(test.Only.Pack)][8] = 2;

        var e = await Assert.ThrowsAsync<StoreException>(
            async () => await test.Reader.ReadFooterAsync(test.Only.Pack, None));

        Assert.Equal(StoreFault.NewerFormat, e.Fault);
    }

    [Theory, InlineData(0), InlineData(1)]
    public async Task Without_header_and_footer_all_blocks_are_found_with_their_ids(int purpose)
    {
        using TestPack test = await TestPack.SmallAsync(purpose: (PackPurpose)purpose);
        string name = PackName.Of(test.Only.Pack);
        byte[] bytes = test.Backend.Objects[name][..(int)test.Only.FramesEnd];
        bytes.AsSpan(0, PackHeader.Size).Clear();
        test.Backend.Objects[name] = bytes;

        PackFooter salvaged = await test.Reader.SalvageAsync(test.Only.Pack, None);

        Assert.True(salvaged.SaysTheSameAs(test.Only));
    }

    [Fact]
    public async Task Salvage_of_a_whole_pack_does_not_take_the_footer_for_a_block()
    {
        using TestPack test = await TestPack.SmallAsync();

        Assert.True((await test.Reader.SalvageAsync(test.Only.Pack, None)).SaysTheSameAs(test.Only));
    }

    [Fact]
    public async Task Salvage_gives_every_block_but_the_damaged_one_wherever_the_damage_is()
    {
        using TestPack test = await TestPack.SmallAsync();
        string name = PackName.Of(test.Only.Pack);
        byte[] whole = test.Backend.Objects[name];
        for (int i = PackHeader.Size; i < test.Only.FramesEnd; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0xFF;
            test.Backend.Objects[name] = damaged;

            PackFooter salvaged = await test.Reader.SalvageAsync(test.Only.Pack, None);

            PackBlock hit = test.Only.Blocks.Last(b => b.Location.Offset <= i);
            bool inLength = i < hit.Location.Offset + PackFooter.FramePrefix;
            IEnumerable<BlockLocation> expected = inLength
                ? test.Only.Blocks.TakeWhile(b => b != hit).Select(b => b.Location)
                : test.Only.Blocks.Where(b => b != hit).Select(b => b.Location);
            Assert.Equal(expected, salvaged.Blocks.Select(b => b.Location));
            await test.ReadAllAsync(salvaged);
        }
    }

    [Fact]
    public async Task Salvage_of_hostile_lengths_ends()
    {
        using var test = new TestPack();
        var pack = PackId.New();
        foreach (uint length in (uint[])[0, 20, 21, 1000, int.MaxValue, uint.MaxValue])
        {
            byte[] bytes = new byte[2000];
            for (int at = 32; at < bytes.Length - 4; at += 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), length);
            }

            test.Backend.Objects[PackName.Of(pack)] = bytes;

            Assert.Empty((await test.Reader.SalvageAsync(pack, None)).Blocks);
        }
    }

    [Fact]
    public void Names_of_packs_are_read_back_and_other_names_are_none()
    {
        var pack = PackId.New();

        Assert.True(PackName.TryParse(PackName.Of(pack), out PackId parsed));
        Assert.Equal(pack, parsed);
        Assert.False(PackName.TryParse($"packs/{pack}", out _));
        Assert.False(PackName.TryParse($"packs/zz/{pack}", out _));
        Assert.False(PackName.TryParse(PackName.Of(pack).ToUpperInvariant(), out _));
        Assert.False(PackName.TryParse("packs/aa/README", out _));
    }

    private static async Task<bool> ReadsFooterAsync(TestPack test, PackId pack)
    {
        try
        {
            PackFooter footer = await test.Reader.ReadFooterAsync(pack, None);
            Assert.True(footer.SaysTheSameAs(test.Only));
            return true;
        }
        catch (StoreException e)
        {
            Assert.True(e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat);
            return false;
        }
    }

    private static async Task<bool> ReadsAsync(TestPack test, PackBlock block)
    {
        try
        {
            await test.ReadAllAsync(new PackFooter(block.Location.Pack, block.Location.Purpose, [block]));
            return true;
        }
        catch (StoreException e)
        {
            Assert.Equal(StoreFault.Corrupt, e.Fault);
            return false;
        }
    }
}
