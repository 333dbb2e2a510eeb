using JadaStore.Store.Model;
using JadaStore.Store.Parity;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Parity;

public sealed class ParityMenderTests
{
    private static readonly PackId Pack = PackId.New();

    /// <summary>Sizes around every edge of the layout: one cell, a short pack, one group and several.</summary>
    public static TheoryData<int, double> Sizes => new()
    {
        { 1, 0.05 }, { 63, 0.05 }, { 64, 0.05 }, { 65, 1 }, { 2_048, 0.05 }, { 2_049, 0.3 }, { 131_072, 0.05 }, { 131_073, 0.02 },
        { 128 * 4096, 0.05 }, { (128 * 4096) + 1, 0.05 }, { 1_500_000, 0.1 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void As_many_lost_cells_of_a_group_as_it_has_parity_are_mended_and_one_more_is_not(int length, double share)
    {
        byte[] whole = Seeded.Bytes(length, length);
        ParityLayout layout = ParityLayout.For(length, share);
        byte[] parity = Encode(whole, layout);
        var random = new Random(length);
        for (int round = 0; round < 10; round++)
        {
            int group = random.Next(layout.Groups), most = Math.Min(layout.ParityCells, layout.DataCellsOf(group));
            int[] cells = [.. Enumerable.Range(0, layout.DataCellsOf(group)).OrderBy(_ => random.Next())];
            byte[] bad = [.. whole];
            foreach (int cell in cells[..most])
            {
                Spoil(bad, layout, layout.CellOf(group, cell), random);
            }

            MendedPack mended = ParityMender.TryMend(Pack, bad, parity)!;

            Assert.Equal(whole, mended.Bytes);
            Assert.Equal((most, 0), (mended.Cells, mended.Lost));
            if (most < cells.Length)
            {
                Spoil(bad, layout, layout.CellOf(group, cells[most]), random);
                mended = ParityMender.TryMend(Pack, bad, parity)!;
                Assert.Equal((0, most + 1), (mended.Cells, mended.Lost));
                Assert.Equal(bad, mended.Bytes);
            }
        }
    }

    /// <summary>Each group loses other cells, and other parity cells too.</summary>
    [Fact]
    public void Random_losses_of_data_and_parity_are_mended_while_each_group_has_enough_left()
    {
        byte[] whole = Seeded.Bytes(1, 3_000_000);
        ParityLayout layout = ParityLayout.For(whole.Length, 0.08);
        byte[] parity = Encode(whole, layout);
        int record = ParityRecord.LengthOf(layout);
        Assert.InRange(layout.Groups, 5, 10);
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            byte[] bad = [.. whole], badParity = [.. parity];
            int lost = 0;
            for (int group = 0; group < layout.Groups; group++)
            {
                int data = random.Next(layout.ParityCells + 1);
                lost += data;
                foreach (int cell in Enumerable.Range(0, layout.DataCellsOf(group)).OrderBy(_ => random.Next()).Take(
                    data))
                {
                    Spoil(bad, layout, layout.CellOf(group, cell), random);
                }

                foreach (int number in Enumerable.Range(0, layout.ParityCells).OrderBy(_ => random.Next()).Take(
                    layout.ParityCells - data))
                {
                    badParity[(((number * layout.Groups) + group) * record) + random.Next(record)] ^= 0x10;
                }
            }

            MendedPack mended = ParityMender.TryMend(Pack, bad, badParity)!;

            Assert.Equal(whole, mended.Bytes);
            Assert.Equal((lost, 0), (mended.Cells, mended.Lost));
        }
    }

    [Fact]
    public void A_burst_is_mended_wherever_it_lies_up_to_what_all_groups_have()
    {
        byte[] whole = Seeded.Bytes(2, 2_000_000);
        ParityLayout layout = ParityLayout.For(whole.Length, 0.05);
        byte[] parity = Encode(whole, layout);

        // One cell less than all parity, as a burst that does not begin at a cell's edge touches one more.
        int burst = ((layout.Groups * layout.ParityCells) - 1) * layout.CellSize;
        foreach (int at in (int[])[0, 1, 4095, 777_777, whole.Length - burst])
        {
            byte[] bad = [.. whole];
            new Random(at).NextBytes(bad.AsSpan(at, burst));

            Assert.Equal(whole, ParityMender.TryMend(Pack, bad, parity)!.Bytes);
        }

        byte[] beyond = [.. whole];
        new Random(1).NextBytes(beyond.AsSpan(4096, burst + (2 * layout.CellSize)));
        Assert.True(ParityMender.TryMend(Pack, beyond, parity)!.Lost > 0);
    }

    [Fact]
    public void What_was_cut_off_or_put_behind_is_put_right()
    {
        byte[] whole = Seeded.Bytes(3, 50_000);
        ParityLayout layout = ParityLayout.For(whole.Length, 0.1);
        byte[] parity = Encode(whole, layout);
        for (int cut = 0; cut < (layout.ParityCells - 1) * layout.CellSize; cut += 97)
        {
            Assert.Equal(whole, ParityMender.TryMend(Pack, whole.AsSpan(0, whole.Length - cut), parity)!.Bytes);
        }

        Assert.Equal(whole, ParityMender.TryMend(Pack, [.. whole, .. new byte[9000]], parity)!.Bytes);
        Assert.True(ParityMender.TryMend(Pack, whole.AsSpan(0, 44_000), parity)!.Lost > 0);
        Assert.Null(ParityMender.TryMend(Pack, whole.AsSpan(0, 10_000), parity));
    }

    [Fact]
    public void With_as_much_parity_as_pack_a_pack_that_is_gone_comes_back()
    {
        byte[] whole = Seeded.Bytes(4, 700_000);

        Assert.Equal(whole, ParityMender.TryMend(Pack, [], Encode(whole, ParityLayout.For(whole.Length, 1)))!.Bytes);
    }

    /// <summary>A record that is whole is used wherever it lies; what is not is never believed.</summary>
    [Fact]
    public void A_parity_file_with_any_byte_changed_or_cut_anywhere_still_mends_or_does_nothing()
    {
        byte[] whole = Seeded.Bytes(5, 3_000);
        ParityLayout layout = ParityLayout.For(whole.Length, 0.2);
        byte[] parity = Encode(whole, layout), bad = [.. whole];
        Spoil(bad, layout, 3, new Random(5));
        for (int at = 0; at < parity.Length; at++)
        {
            byte[] flipped = [.. parity];
            flipped[at] ^= (byte)(1 << (at % 8));
            Assert.Equal(whole, ParityMender.TryMend(Pack, bad, flipped)!.Bytes);
            byte[]? made = ParityMender.TryMend(Pack, bad, parity.AsMemory(0, at))?.Bytes;
            Assert.True(
                made is null || made.AsSpan().SequenceEqual(at >= ParityRecord.LengthOf(layout) ? whole : bad),
                $"cut at {at}");
            made = ParityMender.TryMend(Pack, bad, parity.AsMemory(at))?.Bytes;
            Assert.True(
                made is null || made.AsSpan().SequenceEqual(whole) || made.AsSpan().SequenceEqual(bad),
                $"without the first {at}");
        }
    }

    [Fact]
    public void Parity_of_another_pack_mends_nothing()
    {
        byte[] whole = Seeded.Bytes(6, 5_000);

        Assert.Null(ParityMender.TryMend(PackId.New(), whole, Encode(whole, ParityLayout.For(whole.Length, 0.2))));
        Assert.Null(ParityMender.TryMend(Pack, whole, ReadOnlyMemory<byte>.Empty));
    }

    /// <summary>
    /// A record may claim a pack of a gigabyte: it is not believed without as many bytes to make it of.
    /// </summary>
    [Fact]
    public void A_record_that_claims_much_costs_little()
    {
        ParityLayout layout = ParityLayout.For(ParityLayout.MaxPackLength, 0.05);
        var record = new ParityRecord(Pack, layout, 0, 0, new uint[layout.DataCellsOf(0)], new byte[layout.CellSize]);
        byte[] file = new byte[ParityRecord.LengthOf(layout)];
        record.Encode(file);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(ParityMender.TryMend(Pack, new byte[1000], file));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Every_layout_is_one_that_a_reader_takes_and_costs_what_it_says()
    {
        foreach (long length in (long[])[1, 100, 4096, 131_072, 1 << 20, 33_554_432, 33_685_504, 1 << 30, ParityLayout.MaxPackLength])
        {
            foreach (double share in (double[])[0.001, 0.01, 0.05, 0.1, 0.333, 1])
            {
                ParityLayout layout = ParityLayout.For(length, share);
                Assert.True(layout.IsValid, $"{layout}");
                Assert.Equal(layout.Cells, Enumerable.Range(0, layout.Groups).Sum(layout.DataCellsOf));
                Assert.True(layout.ParityCells >= Math.Min(layout.DataCells * share, 128), $"{layout}");
            }
        }

        ParityLayout usual = ParityLayout.For(32 << 20, 0.05);
        Assert.Equal((4096, 64, 7), (usual.CellSize, usual.Groups, usual.ParityCells));
    }

    internal static byte[] Encode(byte[] pack, ParityLayout layout, PackId? id = null)
    {
        var encoder = new ParityEncoder(id ?? Pack, layout);
        for (int at = 0; at < pack.Length;)
        {
            int count = Math.Min(encoder.Free.Length, Math.Min(pack.Length - at, 70_000));
            pack.AsMemory(at, count).CopyTo(encoder.Free);
            encoder.Advance(count);
            at += count;
        }

        return encoder.Finish();
    }

    private static void Spoil(byte[] bytes, ParityLayout layout, int cell, Random random)
    {
        int at = cell * layout.CellSize, length = Math.Min(layout.CellSize, bytes.Length - at);
        bytes[at + random.Next(length)] ^= (byte)random.Next(1, 256);
    }
}
