using System.Diagnostics;
using DiffPlex.Model;
using JadaStore.Cli.Patches;

namespace JadaStore.Cli.Tests.Patches;

public class LineDifferenceTests
{
    [Fact]
    public void Blocks_turn_the_one_text_into_the_other_and_are_the_fewest_lines()
    {
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            string[] a = Lines(random);
            string[] b = Lines(random);

            IReadOnlyList<DiffBlock> blocks = LineDifference.Find(a, b);

            Assert.Equal(b, Apply(a, b, blocks));
            int changed = blocks.Sum(block => block.DeleteCountA + block.InsertCountB);
            Assert.Equal(a.Length + b.Length - (2 * LongestCommon(a, b)), changed);
        }
    }

    [Fact]
    public void Large_texts_with_nothing_in_common_or_all_in_disorder_take_no_time()
    {
        string[] a = [.. Enumerable.Range(0, 200_000).Select(i => $"{i}\n")];
        string[] b = [.. Enumerable.Range(0, 200_000).Select(i => $"x{i}\n")];
        string[] c = [.. a];
        new Random(3).Shuffle(c);
        long start = Stopwatch.GetTimestamp();

        Assert.Single(LineDifference.Find(a, b));
        Assert.Equal(c, Apply(a, c, LineDifference.Find(a, c)));

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_few_edits_in_a_large_text_stay_a_few()
    {
        string[] a = [.. Enumerable.Range(0, 100_000).Select(i => i % 3 == 0 ? "}\n" : $"{i}\n")];
        List<string> b = [.. a];
        for (int i = 7; i < b.Count; i += 1000)
        {
            b[i] = "edited\n";
        }

        IReadOnlyList<DiffBlock> blocks = LineDifference.Find(a, [.. b]);

        Assert.Equal(b, Apply(a, [.. b], blocks));
        Assert.Equal(200, blocks.Sum(block => block.DeleteCountA + block.InsertCountB));
    }

    private static string[] Lines(Random random) =>
        [.. Enumerable.Range(0, random.Next(25)).Select(_ => $"{(char)('a' + random.Next(6))}\n")];

    private static List<string> Apply(string[] a, string[] b, IReadOnlyList<DiffBlock> blocks)
    {
        var made = new List<string>();
        int at = 0;
        foreach (DiffBlock block in blocks)
        {
            made.AddRange(a[at..block.DeleteStartA]);
            Assert.Equal(made.Count, block.InsertStartB);
            made.AddRange(b[block.InsertStartB..(block.InsertStartB + block.InsertCountB)]);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        made.AddRange(a[at..]);
        return made;
    }

    private static int LongestCommon(string[] a, string[] b)
    {
        int[,] best = new int[a.Length + 1, b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                best[i, j] = a[i - 1] == b[j - 1] ? best[i - 1, j - 1] + 1 : Math.Max(best[i - 1, j], best[i, j - 1]);
            }
        }

        return best[a.Length, b.Length];
    }
}
