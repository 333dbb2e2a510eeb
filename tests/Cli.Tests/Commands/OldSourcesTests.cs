using System.Text.Json;
using JadaStore.Cli.Tests.Estate;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>A source that is not taken any more does not hide behind others that are.</summary>
public sealed class OldSourcesTests : IDisposable
{
    private readonly TestShell _shell = new();

    private string Place => Path.Combine(_shell.Folder, ".jstore");

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData(1, "2d", null)]
    [InlineData(9, "10d", null)]
    [InlineData(9, "1d", "local/tools was last taken in v1.0, 9d 0h ago; --max-age is 1d.")]

    // Taken for the last time a month ago: dropped, unless the age that is asked for says that it is taken seldom.
    [InlineData(29, "1d", "local/tools was last taken in v1.0, 29d 0h ago; --max-age is 1d.")]
    [InlineData(31, "1d", null)]
    [InlineData(31, "2w", "local/tools was last taken in v1.0, 31d 0h ago; --max-age is 14d.")]
    [InlineData(57, "2w", null)]
    public async Task A_source_is_watched_as_long_as_it_was_taken_lately(int days, string maxAge, string? problem)
    {
        await TakeAsync(TimeSpan.FromDays(days), Of("local/tools"));
        await TakeAsync(TimeSpan.Zero, Of("local/site"));

        int code = await _shell.RunAsync("status", "--max-age", maxAge);

        Assert.Equal(problem is null ? "" : $"jstore: {problem}\n", _shell.Error);
        Assert.Equal(problem is null ? 0 : 1, code);
        Assert.Equal(0, await _shell.RunAsync("status"));
    }

    [Theory]
    [InlineData("", 1, "local/tools was last taken in v1.0, 9d 0h ago; --max-age is 1d.")]
    [InlineData("local:site", 0, "")]
    [InlineData("local:site local:tools", 1, "local/tools was last taken in v1.0, 9d 0h ago; --max-age is 1d.")]
    [InlineData("local:site local:other", 1, "local/other of jstore.toml is in no snapshot.")]
    public async Task Where_the_file_lists_sources_those_are_watched(string listed, int code, string problem)
    {
        await TakeAsync(TimeSpan.FromDays(9), Of("local/tools"));
        await TakeAsync(TimeSpan.Zero, Of("local/site"));
        WriteToml("", [.. listed.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(one => $"type = \"local\"\npath = \"{one[6..]}\"\n")]);

        Assert.Equal(code, await _shell.RunAsync("status", "--max-age", "1d"));
        Assert.Equal(problem.Length == 0 ? "" : $"jstore: {problem}\n", _shell.Error);
    }

    /// <summary>However long ago: what the file lists is meant to be taken.</summary>
    [Fact]
    public async Task What_the_file_lists_is_never_taken_for_dropped_and_a_file_for_another_repository_lists_nothing()
    {
        await TakeAsync(TimeSpan.FromDays(400), Of("local/tools"));
        await TakeAsync(TimeSpan.Zero, Of("local/site"));
        const string Tools = "type = \"local\"\npath = \"tools\"\n";
        WriteToml("", Tools);
        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d"));
        Assert.Contains("local/tools was last taken in v1.0, 400d 0h ago", _shell.Error, StringComparison.Ordinal);

        WriteToml("repository = \".jstore\"\n", Tools);
        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d"));
        File.CreateSymbolicLink(Path.Combine(_shell.Folder, "link"), ".");
        WriteToml("repository = \"link/.jstore\"\n", Tools);
        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d", "-r", ".jstore"));
        Assert.Contains("local/tools was last taken in v1.0, 400d 0h ago", _shell.Error, StringComparison.Ordinal);
        WriteToml("repository = \".jstore\"\n", Tools);
        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d", "-r", "link/.jstore"));
        WriteToml("repository = \"elsewhere\"\n", Tools);
        Assert.Equal(0, await _shell.RunAsync("status", "--max-age", "1d", "-r", ".jstore"));
        Assert.Equal(
            "jstore: jstore.toml is for elsewhere: watched is what was taken lately, not what it lists.\n", _shell.Error);
    }

    [Theory]
    [InlineData("type = \"s3\"\n", "s3/a, s3/b, s3-config/b", "lambda")]
    [InlineData("type = \"s3\"\nbuckets = [\"b*\"]\nconfig = false\n", "s3/b", "lambda s3/a s3-config")]
    [InlineData("type = \"s3\"\nexclude-buckets = [\"b\"]\n", "s3/a", "lambda s3/b s3-config")]
    [InlineData("type = \"s3\"\nbuckets = [\"c\"]\n", "s3/c of jstore.toml is in no snapshot", "lambda s3/a s3/b")]
    [InlineData("type = \"aws\"\nregions = [\"us-*\"]\n", "lambda/us-east-1", "s3 eu-west-1")]
    [InlineData(
        "type = \"aws\"\nregions = [\"eu-west-1\"]\nservices = [\"iam\"]\n", "iam of jstore.toml is in no snapshot",
        "lambda s3")]
    [InlineData("type = \"aws\"\nprefix = \"acme\"\n", "", "lambda s3")]
    [InlineData("type = \"aws\"\nexclude = [\"lambda/us-east-1/**\"]\n", "", "lambda/us-east-1 s3")]
    [InlineData("type = \"aws\"\nexclude = [\"lambda/us-east-1/layers\"]\n", "lambda/us-east-1", "s3")]
    [InlineData("type = \"aws\"\nexclude = [\"[\"]\n", "lambda/us-east-1", "s3")]
    [InlineData("type = \"apps-script\"\n", "apps-script of jstore.toml is in no snapshot", "lambda s3")]
    public async Task Sources_are_those_that_the_table_chooses(string table, string told, string untold)
    {
        await TakeAsync(
            TimeSpan.FromDays(9), Of("s3/a"), Of("s3/b"), Of("s3-config/b"), Lambda("eu-west-1", "us-east-1"));
        await TakeAsync(TimeSpan.Zero, Lambda("eu-west-1"));
        WriteToml("", table);

        Assert.Equal(told.Length == 0 ? 0 : 1, await _shell.RunAsync("status", "--max-age", "1d"));

        string[] named = [.. _shell.Error.Split([' ', ',', ':', '\n'])];
        Assert.All(
            told.Split(", ").Where(one => !one.Contains(' ', StringComparison.Ordinal) && one.Length > 0),
            one => Assert.Contains(one, named));
        Assert.Contains(
            told.Contains(" of ", StringComparison.Ordinal) ? told : "", _shell.Error, StringComparison.Ordinal);
        Assert.All(untold.Split(' '), one => Assert.DoesNotContain(one, named));
    }

    /// <summary>One region is taken every day, and the others are forgotten.</summary>
    [Fact]
    public async Task A_region_does_not_hide_behind_another_and_one_where_nothing_is_left_is_not_watched()
    {
        await TakeAsync(TimeSpan.FromDays(9), Lambda("eu-west-1", "us-east-1", "us-west-2"));
        await TakeAsync(TimeSpan.FromDays(8), Lambda("us-west-2"));
        await TakeAsync(TimeSpan.FromDays(7), Empty("us-west-2"));
        await TakeAsync(TimeSpan.Zero, Lambda("eu-west-1"));

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d"));

        Assert.Equal("jstore: lambda/us-east-1 was last taken in v1.0, 9d 0h ago; --max-age is 1d.\n", _shell.Error);
        Assert.Contains("\nlambda              v1.3    ", _shell.Text, StringComparison.Ordinal);
        Assert.Contains("\n  lambda/us-east-1  v1.0    9d 0h\n", _shell.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("us-west-2", _shell.Text, StringComparison.Ordinal);
    }

    /// <summary>What was there may be there still, and nobody takes it.</summary>
    [Fact]
    public async Task A_region_that_was_switched_off_grows_old()
    {
        await TakeAsync(TimeSpan.FromDays(9), Lambda("eu-west-1", "me-south-1"));
        EstateSource off = Lambda("eu-west-1");
        await TakeAsync(TimeSpan.Zero, new EstateSource("lambda", ("eu-west-1/f/configuration.json", "{}"))
        {
            Coverage = [.. off.Coverage, new CoverageLine("me-south-1", CoverageState.Unsupported, 0)],
        });

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d"));
        Assert.Equal(
            "jstore: lambda/me-south-1 was last taken in v1.0, 9d 0h ago; --max-age is 1d.\n", _shell.Error);
    }

    /// <summary>Every night it is asked for and does not answer: it is as old as the last time that it did.</summary>
    [Fact]
    public async Task A_source_that_is_out_of_reach_grows_old()
    {
        await TakeAsync(TimeSpan.FromDays(9), Of("s3/a"), Of("s3/b"));
        await TakeAsync(TimeSpan.FromDays(1), Of("s3/a"), new Unreachable("s3/b"));
        await TakeAsync(TimeSpan.Zero, Of("s3/a"));

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "2d"));
        Assert.Equal("jstore: s3/b was last taken in v1.0, 9d 0h ago; --max-age is 2d.\n", _shell.Error);
    }

    [Fact]
    public async Task A_bucket_that_was_deleted_is_not_watched_and_one_that_was_left_out_is()
    {
        ICollector[] all = [Of("s3/a"), Of("s3/b"), Of("s3/c")];
        await TakeAsync(TimeSpan.FromDays(9), all, new SourceListing("s3", ["s3/a", "s3/b", "s3/c"], _ => true));
        await TakeAsync(
            TimeSpan.Zero, [Of("s3/a")], new SourceListing("s3", ["s3/a"], _ => true) { LeftOut = ["s3/b"] });

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d"));
        Assert.Equal("jstore: s3/b was last taken in v1.0, 9d 0h ago; --max-age is 1d.\n", _shell.Error);
    }

    /// <summary>What was taken by its name since belongs to no listing, and yet the next listing tells of it.</summary>
    [Theory, InlineData(8, 0, 0), InlineData(9, 2, 1)]
    public async Task A_bucket_that_was_taken_by_name_and_then_deleted_is_not_watched(int named, int listed, int code)
    {
        await TakeAsync(
            TimeSpan.FromDays(named + 1), [Of("s3/a"), Of("s3/b")], new SourceListing("s3", ["s3/a", "s3/b"], _ => true));
        await TakeAsync(TimeSpan.FromDays(listed == 0 ? named : named + 0.5), Of("s3/b"));
        await TakeAsync(TimeSpan.FromDays(listed), [Of("s3/a")], new SourceListing("s3", ["s3/a"], _ => true));
        if (listed > 0)
        {
            await TakeAsync(TimeSpan.FromDays(listed - 1.5), Of("s3/b"));
            await TakeAsync(TimeSpan.Zero, Of("s3/a"));
        }

        Assert.Equal(code == 0 ? 0 : 1, await _shell.RunAsync("status", "--max-age", "6h"));
        Assert.Equal(code == 0, !_shell.Error.Contains("s3/b", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_are_told_in_one_line_and_the_json_has_them_all()
    {
        await TakeAsync(TimeSpan.FromDays(9), [.. "abcde".Select(name => Of($"s3/{name}"))]);
        await TakeAsync(TimeSpan.Zero, Of("s3/z"));

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d"));
        Assert.Equal(
            "jstore: s3/a, s3/b, s3/c and 2 more were last taken in v1.0, 9d 0h ago; --max-age is 1d.\n", _shell.Error);
        await _shell.RunAsync("status", "--json");
        JsonElement sources = JsonDocument.Parse(_shell.Text).RootElement.GetProperty("sources");
        Assert.Equal(
            ["s3/a v1.0", "s3/b v1.0", "s3/c v1.0", "s3/d v1.0", "s3/e v1.0", "s3/z v1.1"],
            sources.EnumerateArray().Select(one =>
                $"{one.GetProperty("root").GetString()} {one.GetProperty("newest").GetProperty("name").GetString()}"));
    }

    /// <summary>Taken by a machine whose clock was wrong, it would be new for ever.</summary>
    [Fact]
    public async Task A_source_that_is_of_tomorrow_has_no_age()
    {
        await TakeAsync(TimeSpan.FromDays(-3), Of("local/tools"));
        await TakeAsync(TimeSpan.Zero, Of("local/site"));

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "1d"));
        Assert.Contains("local/tools was last taken in v1.0, dated ", _shell.Error, StringComparison.Ordinal);
        Assert.Contains(" ahead, so its age cannot be told.\n", _shell.Error, StringComparison.Ordinal);
    }

    private static EstateSource Of(string root) => new(root, ("a.json", "{}"));

    private static EstateSource Lambda(params string[] regions) =>
        new("lambda", [.. regions.Select(region => ($"{region}/f/configuration.json", (string?)"{}"))])
        {
            Coverage =
                [.. regions.Select(region => new CoverageLine(region + "/functions", CoverageState.Captured, 1))],
        };

    private static EstateSource Empty(string region) =>
        new("lambda") { Coverage = [new CoverageLine(region + "/functions", CoverageState.Captured, 0)] };

    private void WriteToml(string head, params string[] tables) =>
        _shell.Write("jstore.toml", head + string.Concat(tables.Select(table => "[[source]]\n" + table)));

    private Task TakeAsync(TimeSpan ago, params ICollector[] sources) => TakeAsync(ago, sources, null);

    private async Task TakeAsync(TimeSpan ago, ICollector[] sources, SourceListing? listing)
    {
        if (!Repository.Exists(Place))
        {
            await using Repository made = await Repository.CreateAsync(Place, new CreateOptions(), default);
        }

        var around = new Surroundings { Time = new LaterClock(-ago) };
        await using Repository repository = await RepositoryOpener.OpenAsync(Place, new OpenOptions(), around, default);
        var request = new SnapshotRequest { Sources = sources, Listings = listing is null ? [] : [listing] };
        await repository.SnapshotAsync(request, null, default);
    }

    private sealed class Unreachable(string root) : ICollector
    {
        public string Root => root;

        public IReadOnlyList<string> Excluded => [];

        public SourceBreak? BrokeOff => new(default, "out of reach");

        public IAsyncEnumerable<SourceEntry> CollectAsync(CancellationToken cancellationToken) =>
            AsyncEnumerable.Empty<SourceEntry>();
    }
}
