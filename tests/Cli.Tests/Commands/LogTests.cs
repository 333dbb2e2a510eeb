using System.Text.Json;
using JadaStore.Cli.Tests.Estate;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>What the history of a path says, and what a diff of the same snapshots says, is the same.</summary>
public sealed class LogTests
{
    private const string Function = "lambda/us-east-1/f/configuration.json";

    [Fact]
    public async Task A_snapshot_that_did_not_take_the_region_or_the_source_removes_nothing_and_brings_nothing_back()
    {
        using EstateShell shell = await EstateShell.TakeAsync(
            [Lambda("eu-west-1", "us-east-1")], [Lambda("eu-west-1")], [new EstateSource("local/site", ("a", "x"))],
            [Lambda("eu-west-1", "us-east-1")], [Gone("us-east-1")]);

        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--name-status"));
        Assert.Contains("N\tlambda/us-east-1/\n", shell.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nD\t", "\n" + shell.Text, StringComparison.Ordinal);
        Assert.Equal(["v1.0 added", "v1.4 removed"], await LogAsync(shell, Function));
        await shell.RunAsync("diff", "v1.3", "v1.4", "--name-status");
        Assert.Contains($"D\t{Function}\n", shell.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_its_listing_gives_no_more_was_removed()
    {
        EstateSource a = new("s3/a", ("x", "1")), b = new("s3/b", ("y", "2"));
        SnapshotRequest Of(string[] leftOut, params ICollector[] buckets) => new()
        {
            Sources = buckets,
            Listings = [new SourceListing("s3", [.. buckets.Select(one => one.Root)], _ => true) { LeftOut = leftOut }],
        };
        using EstateShell shell = await EstateShell.TakeAsync([Of([], a, b), Of(["s3/b"], a), Of([], a)]);

        await shell.RunAsync("diff", "v1.0", "v1.1", "--name-status");
        Assert.Contains("N\ts3/b/\n", shell.Text, StringComparison.Ordinal);
        await shell.RunAsync("diff", "v1.0", "v1.2", "--name-status");
        Assert.Contains("D\ts3/b/y\n", shell.Text, StringComparison.Ordinal);
        Assert.Equal(["v1.0 added", "v1.2 removed"], await LogAsync(shell, "s3/b/y"));
    }

    private static async Task<string[]> LogAsync(EstateShell shell, string path)
    {
        Assert.Equal(0, await shell.RunAsync("log", path, "--json"));
        return [.. JsonDocument.Parse(shell.Text).RootElement.EnumerateArray()
            .Select(one => $"{one.GetProperty("snapshot").GetString()} {one.GetProperty("change").GetString()}")];
    }

    private static EstateSource Gone(string region) => new("lambda") { Coverage = Seen([region]) };

    private static EstateSource Lambda(params string[] regions) =>
        new("lambda", [.. regions.Select(region => ($"{region}/f/configuration.json", (string?)"{}"))])
        {
            Coverage = Seen(regions),
        };

    private static IReadOnlyList<CoverageLine> Seen(string[] regions) =>
        [.. regions.Select(region => new CoverageLine(region + "/functions", CoverageState.Captured, 1))];
}
