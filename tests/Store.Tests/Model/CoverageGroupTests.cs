using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Model;

public sealed class CoverageGroupTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Lines_that_were_grouped_come_back_by_area_whatever_order_they_came_in(int seed)
    {
        var random = new Random(seed);
        CoverageState[] states = Enum.GetValues<CoverageState>();
        CoverageLine[] lines =
        [
            .. Enumerable.Range(0, 300).Select(_ => new CoverageLine(
                $"r{random.Next(40)}/k{random.Next(5)}", states[random.Next(states.Length)], random.Next(3),
                random.Next(2) == 0 ? "" : $"why {random.Next(3)}", random.Next(3) == 0 ? $"f{random.Next(3)}" : null)),
        ];
        CoverageLine[] shuffled = [.. lines];
        random.Shuffle(shuffled);

        IReadOnlyList<CoverageLine> back = CoverageGroup.LinesOf(CoverageGroup.Of(shuffled));

        Assert.Equal(CoverageGroup.InOrder(lines), back);
        Assert.Equal(lines.Select(line => line.Area).Order(StringComparer.Ordinal), back.Select(line => line.Area));
    }

    [Fact]
    public void No_line_makes_no_group()
    {
        Assert.Null(CoverageGroup.Of([]));
        Assert.Empty(CoverageGroup.LinesOf(null));
    }

    [Fact]
    public void A_word_stands_for_each_state_and_one_that_is_not_known_for_failed()
    {
        Assert.All(
            Enum.GetValues<CoverageState>(), state => Assert.Equal(state, CoverageWord.Read(CoverageWord.Of(state))));
        Assert.Equal(CoverageState.Failed, CoverageWord.Read("postponed"));
    }
}
