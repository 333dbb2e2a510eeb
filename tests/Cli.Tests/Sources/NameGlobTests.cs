using JadaStore.Cli.Sources;

namespace JadaStore.Cli.Tests.Sources;

public class NameGlobTests
{
    private static readonly string[] Listed = ["web.example", "web-logs", "data", "Data"];

    [Theory]
    [InlineData("*", "", "Data,data,web-logs,web.example")]
    [InlineData("web*", "*-logs", "web.example")]
    [InlineData("data", "", "data")]
    [InlineData("theirs,d?ta", "", "data,theirs")]
    [InlineData("*", "*", "")]
    public void Names_and_globs_choose(string include, string exclude, string chosen) => Assert.Equal(
        chosen.Split(',', StringSplitOptions.RemoveEmptyEntries),
        NameGlob.Choose(include.Split(','), exclude.Split(',', StringSplitOptions.RemoveEmptyEntries), Listed));
}
