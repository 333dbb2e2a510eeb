using JadaStore.Store.Chunking;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Chunking;

public sealed class CutterTests
{
    private static readonly ulong[] Gear = MakeGear();

    /// <summary>As with the cuts of each grade: another answer stores a repository's content a second time.</summary>
    [Fact]
    public void The_default_sizes_are_pinned()
    {
        var options = new CutterOptions();

        Assert.Equal(524_288, options.FineUntil);
        Assert.Equal((4_096, 16_384, 65_536), (options.Fine.Min, options.Fine.Average, options.Fine.Max));
        Assert.Equal((32_768, 131_072, 1_048_576), (options.Coarse.Min, options.Coarse.Average, options.Coarse.Max));
    }

    [Fact]
    public void A_chunk_is_fine_when_it_begins_before_the_offset_and_coarse_from_there_on()
    {
        var options = new CutterOptions
        {
            FineUntil = 10_000,
            Fine = new() { Min = 64, Average = 256, Max = 1024 },
            Coarse = new() { Min = 2048, Average = 4096, Max = 8192 },
        };
        var cutter = new Cutter(Gear, options);
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        int coarse = 0;
        for (int at = 0, cut; at < bytes.Length; at += cut)
        {
            cut = cutter.FindCut(bytes.AsSpan(at), at, isEnd: true);

            var grade = new Chunker(Gear, at < 10_000 ? options.Fine : options.Coarse);
            Assert.Equal(grade.FindCut(bytes.AsSpan(at), isEnd: true), cut);
            coarse += at < 10_000 ? 0 : 1;
        }

        Assert.InRange(coarse, 12, 45);
    }

    [Fact]
    public void All_problems_of_both_grades_are_named_at_once()
    {
        var options = new CutterOptions
        {
            FineUntil = -1,
            Fine = new() { Min = 1, Average = 256, Max = 1024 },
            Coarse = new() { Min = 2048, Average = 4097, Max = 8192 },
        };

        Assert.Equal(3, options.FindProblems().Count);
        var thrown = Assert.Throws<ArgumentException>(() => new Cutter(Gear, options));
        Assert.All(
            options.FindProblems(), problem => Assert.Contains(problem, thrown.Message, StringComparison.Ordinal));
    }

    private static ulong[] MakeGear()
    {
        using var master = new MasterKey(new byte[32]);
        return master.DeriveGearTable();
    }
}
