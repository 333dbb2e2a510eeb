using JadaStore.Store.Chunking;

namespace JadaStore.Store.Tests.Chunking;

public sealed class ChunkerOptionsTests
{
    [Fact]
    public void The_defaults_have_no_problem() => Assert.Empty(new CutterOptions().FindProblems());

    [Theory]
    [InlineData(64, 128, 129, 0)]
    [InlineData(63, 128, 129, 1)]
    [InlineData(64, 64, 129, 1)]
    [InlineData(64, 129, 130, 1)]
    [InlineData(64, 128, 128, 1)]
    [InlineData(64, 128, 1 << 20, 0)]
    [InlineData(64, 128, (1 << 20) + 1, 1)]
    [InlineData(64, 1 << 20, (1 << 20) + 1, 1)]
    [InlineData(0, 0, 0, 4)]
    [InlineData(-1, int.MinValue, int.MaxValue, 4)]
    public void All_problems_are_found_at_once(int min, int average, int max, int problems)
    {
        var options = new ChunkerOptions { Min = min, Average = average, Max = max };

        Assert.Equal(problems, options.FindProblems().Count);
        if (problems > 0)
        {
            var thrown = Assert.Throws<ArgumentException>(() => new Chunker(new ulong[256], options));
            Assert.All(
                options.FindProblems(), problem => Assert.Contains(problem, thrown.Message, StringComparison.Ordinal));
        }
    }
}
