using System.Runtime.InteropServices;
using JadaStore.Store.Chunking;
using JadaStore.Store.Hashing;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Chunking;

public sealed class ChunkerTests
{
    private static readonly ulong[] Gear = MakeGear();
    private static readonly ChunkerOptions Small = new() { Min = 64, Average = 256, Max = 1024 };

    /// <summary>
    /// These never change: another cut means that a repository's content is stored a second time. They were computed by
    /// another program, from docs/format.md and <c>b3sum</c>.
    /// </summary>
    [Fact]
    public void The_cuts_of_fastcdc_1_are_pinned()
    {
        Assert.Equal(
            [157512, 150223, 152487, 205211, 141375, 262152, 99550, 95180, 153103, 129115, 209190, 151842, 93060],
            Cut(new Chunker(Gear, new CutterOptions().Coarse), Seeded(7, 2_000_000)));
        Assert.Equal(
            [304, 316, 274, 343, 265, 288, 295, 296, 185, 623, 330, 354, 127],
            Cut(new Chunker(Gear, Small), Seeded(8, 4_000)));

        List<int> many = Cut(new Chunker(Gear, Small), Seeded(9, 1_000_000));
        Assert.Equal(
            "d5ef680b7352a1e3310cfa3d85e6fbd26d4d82819783b824a136d2a5c585502c",
            Blake3.Hash(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(many))).ToString());
    }

    /// <summary>The definition, as docs/format.md has it, is the judge of the fast loop.</summary>
    [Theory, InlineData(64, 256, 1024), InlineData(65, 128, 131), InlineData(100, 4096, 5001), InlineData(1000, 1024, 70_000)]
    public void Cuts_lie_where_the_plain_definition_puts_them(int min, int average, int max)
    {
        var options = new ChunkerOptions { Min = min, Average = average, Max = max };
        var chunker = new Chunker(Gear, options);
        foreach (byte[] bytes in new[] { Seeded(1, 300_000), Repetitive(300_000), new byte[20_000] })
        {
            Assert.Equal(CutPlainly(bytes, options), Cut(chunker, bytes));
        }
    }

    /// <summary>Reads hand over bytes in any portions; were cuts to follow them, nothing would deduplicate.</summary>
    [Theory, InlineData(1), InlineData(7), InlineData(64), InlineData(1023), InlineData(5000)]
    public void Cuts_do_not_depend_on_how_the_reads_fall(int portion)
    {
        var chunker = new Chunker(Gear, Small);
        byte[] bytes = Seeded(2, 30_000);

        Assert.Equal(Cut(chunker, bytes), CutInPortions(chunker, bytes, portion));
    }

    [Fact]
    public void Asks_for_more_only_while_more_could_change_the_answer()
    {
        var chunker = new Chunker(Gear, Small);
        byte[] bytes = Seeded(3, 4_000);
        int cut = chunker.FindCut(bytes, isEnd: false);

        Assert.InRange(cut, Small.Min, Small.Max);
        for (int length = 0; length <= bytes.Length; length++)
        {
            Assert.Equal(length < cut ? 0 : cut, chunker.FindCut(bytes.AsSpan(0, length), isEnd: false));
            Assert.Equal(Math.Min(length, cut), chunker.FindCut(bytes.AsSpan(0, length), isEnd: true));
        }
    }

    [Fact]
    public void A_chunk_ends_at_the_maximum_when_nothing_in_it_makes_a_cut()
    {
        ulong[] never = new ulong[256];
        Array.Fill(never, 1UL << 63);   // every hash is 2⁶³: its topmost bit is one
        var chunker = new Chunker(never, Small);

        Assert.Equal(0, chunker.FindCut(new byte[Small.Max - 1], isEnd: false));
        Assert.Equal(Small.Max, chunker.FindCut(new byte[Small.Max], isEnd: false));
        Assert.Equal(Small.Max, chunker.FindCut(new byte[Small.Max * 3], isEnd: false));
        Assert.Equal(Small.Max, chunker.FindCut(new byte[Small.Max * 3], isEnd: true));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(63), InlineData(64)]
    public void Content_up_to_the_minimum_is_one_chunk(int length)
    {
        var chunker = new Chunker(new ulong[256], Small);   // zeros: the first byte that is looked at would be a cut

        Assert.Equal(length, chunker.FindCut(new byte[length], isEnd: true));
        Assert.Equal(0, chunker.FindCut(new byte[length], isEnd: false));
        Assert.Equal(65, chunker.FindCut(new byte[65], isEnd: false));
    }

    [Fact]
    public void Chunks_keep_to_their_bounds_and_come_near_the_average()
    {
        var options = new ChunkerOptions { Min = 1 << 10, Average = 4 << 10, Max = 32 << 10 };
        List<int> lengths = Cut(new Chunker(Gear, options), Seeded(4, 16 << 20));

        Assert.Equal(16 << 20, lengths.Sum());
        Assert.All(lengths[..^1], length => Assert.InRange(length, options.Min + 1, options.Max));
        Assert.InRange(lengths.Average() / options.Average, 1.05, 1.25);
        Assert.InRange(lengths.Count(length => length == options.Max), 0, lengths.Count / 500);
    }

    [Theory, InlineData(1), InlineData(13), InlineData(4096)]
    public void After_an_insertion_the_old_cuts_come_back(int inserted)
    {
        var chunker = new Chunker(Gear, Small);
        byte[] before = Seeded(5, 400_000);
        const int At = 200_000;
        byte[] after = [.. before[..At], .. Seeded(6, inserted), .. before[At..]];

        HashSet<int> old = Ends(Cut(chunker, before));
        HashSet<int> now = Ends(Cut(chunker, after));

        Assert.Equal(old.Where(end => end <= At), now.Where(end => end <= At));
        int resync = old.Where(end => end > At && now.Contains(end + inserted)).Min();
        Assert.InRange(resync, At, At + (20 * Small.Average));
        Assert.Equal(
            old.Where(end => end >= resync), now.Where(end => end - inserted >= resync).Select(end => end - inserted));
    }

    [Fact]
    public void Another_key_cuts_elsewhere()
    {
        byte[] bytes = Seeded(10, 400_000);
        ulong[] other = new MasterKey(new byte[32]).DeriveGearTable();

        HashSet<int> shared = Ends(Cut(new Chunker(Gear, Small), bytes));
        int count = shared.Count;
        shared.IntersectWith(Ends(Cut(new Chunker(other, Small), bytes)));

        Assert.InRange(shared.Count, 1, count / 20);
    }

    [Fact]
    public void A_table_of_another_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Chunker(new ulong[255], Small));

    private static ulong[] MakeGear()
    {
        using var master = new MasterKey(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        return master.DeriveGearTable();
    }

    private static List<int> Cut(Chunker chunker, ReadOnlySpan<byte> bytes)
    {
        List<int> lengths = [];
        while (!bytes.IsEmpty)
        {
            lengths.Add(chunker.FindCut(bytes, isEnd: true));
            bytes = bytes[lengths[^1]..];
        }

        return lengths;
    }

    private static List<int> CutInPortions(Chunker chunker, byte[] bytes, int portion)
    {
        List<int> lengths = [];
        for (int start = 0, have = 0; start < bytes.Length;)
        {
            bool isEnd = start + have == bytes.Length;
            int cut = chunker.FindCut(bytes.AsSpan(start, have), isEnd);
            if (cut == 0)
            {
                Assert.False(isEnd);
                have = Math.Min(have + portion, bytes.Length - start);
                continue;
            }

            lengths.Add(cut);
            start += cut;
            have -= cut;
        }

        return lengths;
    }

    private static List<int> CutPlainly(byte[] bytes, ChunkerOptions options)
    {
        List<int> lengths = [];
        int bits = (int)Math.Log2(options.Average);
        for (int start = 0; start < bytes.Length; start += lengths[^1])
        {
            int length = Math.Min(bytes.Length - start, options.Max);
            ulong hash = 0;
            for (int i = options.Min; i < length; i++)
            {
                hash = (hash << 1) + Gear[bytes[start + i]];
                ulong mask = ulong.MaxValue << (64 - (i < options.Average ? bits + 2 : bits - 2));
                if ((hash & mask) == 0)
                {
                    length = i + 1;
                }
            }

            lengths.Add(length);
        }

        return lengths;
    }

    private static HashSet<int> Ends(List<int> lengths)
    {
        int end = 0;
        return [.. lengths.Select(length => end += length)];
    }

    private static byte[] Repetitive(int length)
    {
        byte[] line = Seeded(11, 700);
        return [.. Enumerable.Range(0, length).Select(i => line[(i / 3 * 2) % 700])];
    }

    // SplitMix64, so that the bytes are the same on every runtime for ever.
    private static byte[] Seeded(ulong seed, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            seed += 0x9E3779B97F4A7C15;
            ulong x = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            bytes[i] = (byte)(x ^ (x >> 31));
        }

        return bytes;
    }
}
