using JadaStore.Store.Hashing;
using JadaStore.Store.Hashing.Lanes;

namespace JadaStore.Store.Tests.Hashing.Lanes;

public sealed unsafe class LaneBatchTests
{
    /// <summary>The counter's high half is 0 in every input that a test can afford; a lane that mixed it up would spoil
    /// only files beyond 4 TiB.</summary>
    [Theory, ClassData(typeof(Widths))]
    public void Lanes_with_any_counters_and_lengths_give_what_one_lane_gives(string width)
    {
        var random = new Random(17);
        byte[] input = new byte[1024 + 64];
        random.NextBytes(input);
        for (int round = 0; round < 60; round++)
        {
            int count = 1 + (round % 40);
            IEnumerable<int> any = Enumerable.Range(0, count).Select(_ => Length(random));
            int[] lengths = [.. any.OrderByDescending(LaneJob.BlocksOf)];
            ulong[] counters = [.. lengths.Select(_ => (ulong)random.NextInt64() << (random.Next(3) * 16))];
            counters[0] = uint.MaxValue + (ulong)(round % 3);
            Assert.Equal(Run(input, lengths, counters, LaneWidth.One), Run(input, lengths, counters, Widths.Of(width)));
        }
    }

    [Fact]
    public void One_lane_takes_the_whole_counter_into_account()
    {
        byte[] input = new byte[1024];
        uint[][] values =
        [
            Run(input, [1024], [0], LaneWidth.One),
            Run(input, [1024], [1], LaneWidth.One),
            Run(input, [1024], [1UL << 32], LaneWidth.One),
            Run(input, [1024], [1UL << 63], LaneWidth.One),
        ];
        Assert.Equal(4, values.Select(words => string.Join(' ', words)).Distinct().Count());
    }

    [Fact]
    public void The_best_width_is_one_that_is_supported() => Assert.True(LaneBatch.IsSupported(LaneBatch.Best));

    private static int Length(Random random) =>
        random.Next(4) switch { 0 => 1024, 1 => 64 * random.Next(17), 2 => random.Next(130), _ => random.Next(1025) };

    private static uint[] Run(byte[] input, int[] lengths, ulong[] counters, LaneWidth width)
    {
        HashMode mode = HashMode.Keyed(TestVectors.Input(32));
        var jobs = new LaneJob[lengths.Length];
        uint[] words = new uint[8 * lengths.Length];
        fixed (byte* start = input)
        fixed (uint* output = words)
        fixed (LaneJob* first = jobs)
        {
            for (int i = 0; i < jobs.Length; i++)
            {
                jobs[i] = LaneJob.Chunk(start + (i % 64), lengths[i], counters[i], root: i % 5 == 0, output + (8 * i));
            }

            LaneBatch.Run(first, jobs.Length, &mode, width);
        }

        return words;
    }
}
