using JadaStore.Store.Catalog;

namespace JadaStore.Store.Tests.Catalog;

public sealed class ChunkFilterTests
{
    [Theory, InlineData(1), InlineData(1000), InlineData(100_000)]
    public void What_was_added_is_never_called_new(int count)
    {
        ulong[] prefixes = Prefixes(seed: 31, count);
        var filter = new ChunkFilter(count);
        Array.ForEach(prefixes, filter.Add);
        Assert.DoesNotContain(false, prefixes.Select(filter.MayContain));
        Assert.Equal(count, filter.Count);
    }

    [Fact]
    public void Of_what_was_not_added_a_full_filter_passes_at_most_two_in_a_hundred()
    {
        const int Count = 50_000;
        var filter = new ChunkFilter(Count);
        Array.ForEach(Prefixes(seed: 32, Count), filter.Add);
        Assert.InRange(Prefixes(seed: 33, Count).Count(filter.MayContain), 0, Count / 50);
    }

    /// <summary>An attacker or chance may bring any prefix; none may fall outside the filter.</summary>
    [Theory, InlineData(0ul), InlineData(ulong.MaxValue), InlineData(0xFFFFFFFF00000000), InlineData(0x00000000FFFFFFFF)]
    public void The_outermost_prefixes_have_a_place(ulong prefix)
    {
        for (int capacity = 1; capacity < 3000; capacity += 7)
        {
            var filter = new ChunkFilter(capacity);
            Assert.False(filter.MayContain(prefix));
            filter.Add(prefix);
            Assert.True(filter.MayContain(prefix));
        }
    }

    private static ulong[] Prefixes(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
    }
}
