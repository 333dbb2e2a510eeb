using JadaStore.Store.Model;
using JadaStore.Store.Tests.Trees;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class HistoryTests
{
    private readonly MemorySnapshots _snapshots = new();

    [Theory, InlineData("local/site/f"), InlineData("site/f")]
    public async Task A_log_tells_what_each_snapshot_did_to_a_path(string path)
    {
        TakeSite(("g", 1));
        TakeSite(("f", 1));
        TakeSite(("f", 1), ("g", 2));
        TakeSite(("f", 2));
        _snapshots.Take(("local/other", ["f"]));
        TakeSite(("g", 1));
        TakeSite();
        TakeSite(("f", 2));

        Assert.Equal(
            ["v1 Added local/site/f 1001", "v3 Modified local/site/f 1002", "v5 Removed local/site/f", "v7 Added local/site/f 1002"],
            await LogAsync(path));
    }

    /// <summary>
    /// A snapshot of something else says nothing of this: else each would seem to remove it and the next to bring it
    /// back.
    /// </summary>
    [Fact]
    public async Task Snapshots_without_the_source_are_passed_over()
    {
        TakeSite(("f", 1));
        _snapshots.Take(("s3/b", ["k"]));
        TakeSite(("f", 1));
        _snapshots.Take(("s3/b", ["k"]));
        TakeSite(("f", 3));

        Assert.Equal(["v0 Added local/site/f 1001", "v4 Modified local/site/f 1003"], await LogAsync("site/f"));
    }

    /// <summary>As a diff has it: a region that was not looked at is not empty.</summary>
    [Fact]
    public async Task Snapshots_of_another_region_are_passed_over_and_one_that_looked_there_is_not()
    {
        Lambda(["eu-west-1", "us-east-1"], "eu-west-1/f", "us-east-1/f");
        Lambda(["eu-west-1"], "eu-west-1/f");
        Lambda(["eu-west-1", "us-east-1"], "eu-west-1/f", "us-east-1/f");
        Assert.Equal(["v0 Added lambda/us-east-1/f 1001"], await LogAsync("lambda/us-east-1/f"));

        Lambda(["us-east-1"]);
        Assert.Equal(
            ["v0 Added lambda/us-east-1/f 1001", "v3 Removed lambda/us-east-1/f"], await LogAsync("lambda/us-east-1/f"));
    }

    /// <summary>A bucket that was deleted: a diff says that its objects were removed, and so does the log.</summary>
    [Fact]
    public async Task A_source_that_its_listing_gives_no_more_was_removed_with_all_that_was_in_it()
    {
        Listed([], ("s3/a", ["x"]), ("s3/b", ["y"]));
        _snapshots.Take(("local/site", ["f"]));
        Listed(["s3/b"], ("s3/a", ["x"]));
        Assert.Equal(["v0 Added s3/b/y 1001"], await LogAsync("b/y"));

        Listed([], ("s3/a", ["x"]));
        Assert.Equal(["v0 Added s3/b/y 1001", "v3 Removed s3/b/y"], await LogAsync("b/y"));
        Listed([], ("s3/a", ["x"]), ("s3/b", ["y"]));
        Assert.Equal(["v0 Added s3/b/y 1001", "v3 Removed s3/b/y", "v4 Added s3/b/y 1001"], await LogAsync("b/y"));
    }

    [Fact]
    public async Task Metadata_alone_is_a_version_and_a_fingerprint_alone_is_none()
    {
        Entry f = MemorySnapshots.Of("f");
        _snapshots.Take(("local/site", [f]));
        _snapshots.Take(("local/site", [f with { Fingerprint = [9, 9] }]));
        _snapshots.Take(("local/site", [f with { Mode = 0x1FF }]));

        Assert.Equal(["v0 Added local/site/f 1001", "v2 Metadata local/site/f 1001"], await LogAsync("site/f"));
    }

    [Fact]
    public async Task A_folder_has_versions_too_with_and_without_its_slash()
    {
        _snapshots.Take(("local/site", [MemorySnapshots.Of("d/", 1), MemorySnapshots.Of("d/f")]));
        _snapshots.Take(("local/site", [MemorySnapshots.Of("d/", 2), MemorySnapshots.Of("d/f", 7)]));

        Assert.Equal(["v0 Added local/site/d/ 0", "v1 Metadata local/site/d/ 0"], await LogAsync("site/d"));
        Assert.Equal(["v0 Added local/site/d/ 0", "v1 Metadata local/site/d/ 0"], await LogAsync("site/d/"));
    }

    /// <summary>It may well have been there; the next snapshot shows that it was.</summary>
    [Fact]
    public async Task Below_a_folder_that_could_not_be_listed_nothing_is_said_to_be_removed()
    {
        _snapshots.Take(("local/site", ["", "d/", "d/e/", "d/e/f"]));
        _snapshots.Take(("local/site", [MemorySnapshots.Of(""), MemorySnapshots.Unlisted("d/")]));
        _snapshots.Take(("local/site", ["", "d/", "d/e/", "d/e/f"]));
        _snapshots.Take(("local/site", [MemorySnapshots.Unlisted("")]));
        _snapshots.Take(("local/site", ["", "d/"]));

        Assert.Equal(["v0 Added local/site/d/e/f 1001", "v4 Removed local/site/d/e/f"], await LogAsync("site/d/e/f"));
    }

    [Fact]
    public async Task A_path_that_no_snapshot_has_is_not_found()
    {
        TakeSite(("f", 1));

        Assert.Equal(StoreFault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => LogAsync("site/g"))).Fault);
    }

    [Theory]
    [InlineData("*.html", "local/site/a.html local/site/d/b.html s3/b/c.html")]
    [InlineData("d", "local/site/d/")]
    [InlineData("site/*", "local/site/a.html local/site/d/")]
    [InlineData("site/**", "local/site/a.html local/site/d/ local/site/d/b.html")]
    [InlineData("local/*/*.html", "local/site/a.html")]
    [InlineData("s3/**", "s3/b/c.html s3/b/k")]
    [InlineData("site/d/", "")]
    [InlineData("nothing", "")]
    public async Task Find_holds_the_glob_against_names_and_against_paths_with_and_without_their_kind(
        string glob, string expected)
    {
        Snapshot snapshot =
            _snapshots.Take(("local/site", ["", "a.html", "d/", "d/b.html"]), ("s3/b", ["c.html", "k"]));

        List<Found> found = await Maps.ToListAsync(_snapshots.History.FindAsync([snapshot], glob, default));

        Assert.Equal(
            expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), found.Select(one => one.Path.ToString()));
    }

    [Fact]
    public async Task Find_goes_through_the_snapshots_as_given_and_says_in_which_it_found_what()
    {
        TakeSite(("f", 1));
        TakeSite(("g", 1));
        TakeSite(("f", 2), ("g", 1));

        List<Found> found =
            await Maps.ToListAsync(_snapshots.History.FindAsync(Enumerable.Reverse(_snapshots.All), "f", default));

        Assert.Equal(["v2 1002", "v0 1001"], found.Select(one => $"{one.Snapshot.Record.Name} {one.Entry!.Size}"));
    }

    private void Lambda(string[] regions, params string[] paths) => Change(
        _snapshots.Take(("lambda", paths)),
        source => source with { Coverage = [.. regions.Select(region => new CoverageLine($"{region}/functions", CoverageState.Captured, 1))] });

    private void Listed(string[] leftOut, params (string Root, string[] Paths)[] sources)
    {
        Change(_snapshots.Take(sources), source => source with { Group = "mine" });
        _snapshots.All[^1] = _snapshots.All[^1] with { Record = _snapshots.All[^1].Record with { LeftOut = leftOut } };
    }

    private void Change(Snapshot snapshot, Func<SnapshotSource, SnapshotSource> change) => _snapshots.All[^1] =
        snapshot with { Record = snapshot.Record with { Sources = [.. snapshot.Record.Sources.Select(change)] } };

    private void TakeSite(params (string Path, int Version)[] files) =>
        _snapshots.Take(("local/site", files.Select(file => MemorySnapshots.Of(file.Path, file.Version))));

    private async Task<List<string>> LogAsync(string path) =>
        [.. (await Maps.ToListAsync(_snapshots.History.LogAsync(_snapshots.All, path, default))).Select(version =>
            $"{version.Snapshot.Record.Name} {version.Kind} {version.Path} {version.Entry?.Size}".TrimEnd())];
}
