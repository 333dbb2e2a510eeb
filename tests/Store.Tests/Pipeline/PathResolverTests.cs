using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class PathResolverTests
{
    private readonly MemorySnapshots _snapshots = new();

    [Theory]
    [InlineData("local/site/a", "local/site/a local/site/a/b")]
    [InlineData("local/site/a/", "local/site/a/b")]
    [InlineData("local/site/a/b", "local/site/a/b")]
    [InlineData("local/site/a-x", "local/site/a-x")]
    [InlineData("site/a", "local/site/a local/site/a/b")]
    [InlineData("./site/a", "local/site/a local/site/a/b")]
    [InlineData("/local/site/a-x", "local/site/a-x")]
    [InlineData(
        "local/site", "local/site/ local/site/a local/site/a-x local/site/a/b local/site/dir/ local/site/dir/f")]
    [InlineData("site/", "local/site/ local/site/a local/site/a-x local/site/a/b local/site/dir/ local/site/dir/f")]
    [InlineData("local/site/dir", "local/site/dir/ local/site/dir/f")]
    [InlineData(
        "local",
        "local/site/ local/site/a local/site/a-x local/site/a/b local/site/dir/ local/site/dir/f local/site-2/z")]
    [InlineData(
        "./local/",
        "local/site/ local/site/a local/site/a-x local/site/a/b local/site/dir/ local/site/dir/f local/site-2/z")]
    [InlineData("site-2", "local/site-2/z")]
    [InlineData("us-east-1", "lambda/us-east-1/one/code lambda/us-east-1/two/code")]
    [InlineData("us-east-1/two/code", "lambda/us-east-1/two/code")]
    [InlineData("bucket//k", "s3/bucket//k")]
    [InlineData("s3/bucket//", "s3/bucket//k")]
    public async Task A_path_means_a_file_and_all_below_it(string path, string expected)
    {
        Snapshot snapshot = TakeMany();

        Assert.Equal(expected.Split(' '), await FindAsync(snapshot, path));
    }

    [Theory]
    [InlineData("local/site/nothing")]
    [InlineData("local/site/a/")]
    [InlineData("local/site/a-")]
    [InlineData("local/sit")]
    [InlineData("local/site/A")]
    [InlineData("site/a/b")]
    [InlineData("loca")]
    [InlineData("site2")]
    [InlineData("a")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        Snapshot snapshot = _snapshots.Take(("local/site", ["a", "a-x"]));

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => FindAsync(snapshot, path));

        Assert.Equal(StoreFault.NotFound, e.Fault);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        Assert.Null(await _snapshots.Resolver.TryResolveAsync(snapshot, path, default));
    }

    [Theory, InlineData(""), InlineData("./"), InlineData("/"), InlineData(".")]
    public async Task No_path_means_everything(string path)
    {
        Snapshot snapshot = TakeMany();

        Assert.Equal(10, (await FindAsync(snapshot, path)).Count);
        Assert.All(
            await _snapshots.Resolver.ResolveAsync(snapshot, path, default), range => Assert.False(range.KindOmitted));
    }

    [Fact]
    public async Task A_kind_that_tells_more_of_another_does_not_make_a_path_ambiguous()
    {
        Snapshot snapshot = _snapshots.Take(
            ("s3/x.com", ["index.html"]), ("s3-config/x.com", ["cors.json", "index.html"]), ("s3-config/y.com", ["cors.json"]));

        foreach (string path in new[] { "x.com/index.html", "x.com" })
        {
            SourceRange range = Assert.Single(await _snapshots.Resolver.ResolveAsync(snapshot, path, default));
            Assert.Equal("s3/x.com", range.Source.Root);
        }

        foreach (string path in new[] { "x.com/cors.json", "y.com" })
        {
            SourceRange range = Assert.Single(await _snapshots.Resolver.ResolveAsync(snapshot, path, default));
            Assert.Equal("s3-config", range.Kind);
        }
    }

    [Fact]
    public async Task A_path_without_its_kind_that_fits_two_kinds_is_refused_and_both_are_named()
    {
        Snapshot snapshot = _snapshots.Take(("local/x.com", ["index.html", "only-here"]), ("s3/x.com", ["index.html"]));

        foreach (string path in new[] { "x.com/index.html", "x.com" })
        {
            StoreException e = await Assert.ThrowsAsync<StoreException>(() => FindAsync(snapshot, path));
            Assert.Equal(StoreFault.Ambiguous, e.Fault);
            Assert.Contains("local/" + path, e.Message, StringComparison.Ordinal);
            Assert.Contains("s3/" + path, e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["local/x.com/only-here"], await FindAsync(snapshot, "x.com/only-here"));
        Assert.Equal(["s3/x.com/index.html"], await FindAsync(snapshot, "s3/x.com/index.html"));
    }

    /// <summary>Were it ambiguous, there would be no way left to say that the whole path is meant.</summary>
    [Fact]
    public async Task A_whole_path_goes_before_one_without_its_kind()
    {
        Snapshot snapshot = _snapshots.Take(("local/site", ["f"]), ("s3/local", ["site/f"]));

        Assert.Equal(["local/site/f"], await FindAsync(snapshot, "local/site/f"));
        Assert.Equal(["local/site/f"], await FindAsync(snapshot, "local"));
        Assert.Equal(["s3/local/site/f"], await FindAsync(snapshot, "s3/local/site/f"));
    }

    [Fact]
    public async Task A_source_without_a_kind_is_one_thing_and_not_two()
    {
        Snapshot snapshot = _snapshots.Take(("plain", ["f"]));

        Assert.Equal(["plain/f"], await FindAsync(snapshot, "plain/f"));
        Assert.Equal(["plain/f"], await FindAsync(snapshot, "plain"));
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_reached_by_what_a_listing_shows()
    {
        var odd = new EntryPath([.. "d/"u8, 0xFF, .. "é\n"u8]);
        Snapshot snapshot = _snapshots.Take(("local/site", [MemorySnapshots.Of(odd), MemorySnapshots.Of(@"q\x41")]));

        Assert.Equal([@"local/site/d/\xFFé\x0A"], await FindAsync(snapshot, "local/site/" + odd));
        Assert.Equal([@"local/site/d/\xFFé\x0A"], await FindAsync(snapshot, @"site/d/\xffé\x0a"));
        Assert.Equal([@"local/site/q\x41"], await FindAsync(snapshot, @"site/q\x41"));
    }

    [Fact]
    public async Task Where_a_name_is_as_typed_and_another_is_as_quoted_the_one_as_typed_is_meant()
    {
        Snapshot snapshot = _snapshots.Take(("local/site", ["A", @"\x41"]));

        Assert.Equal([@"local/site/\x41"], await FindAsync(snapshot, @"site/\x41"));
    }

    [Fact]
    public async Task A_source_with_nothing_in_it_is_found_by_its_root_only()
    {
        Snapshot snapshot = _snapshots.Take(("local/empty", Array.Empty<string>()), ("local/site", ["f"]));

        Assert.Empty(await FindAsync(snapshot, "local/empty"));
        Assert.Equal(
            "local/empty",
            Assert.Single(await _snapshots.Resolver.ResolveAsync(snapshot, "empty", default)).Source.Root);
        await Assert.ThrowsAsync<StoreException>(() => FindAsync(snapshot, "local/empty/f"));
    }

    [Fact]
    public async Task A_record_that_names_no_page_is_damage()
    {
        Snapshot good = _snapshots.Take(("local/site", ["f"]));
        Snapshot bad =
            good with { Record = good.Record with { Sources = [good.Record.Sources[0] with { Tree = "no digest" }] } };

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => FindAsync(bad, "local/site/f"));

        Assert.Equal(StoreFault.Corrupt, e.Fault);
    }

    /// <summary>What a path finds is what holding it against every path would find.</summary>
    [Theory, InlineData(1), InlineData(2)]
    public async Task Random_paths_find_what_comparing_every_path_finds(int seed)
    {
        var random = new Random(seed);
        EntryPath[] paths = [.. Enumerable.Range(0, 400).Select(_ => RandomPath(random)).Distinct()];
        Snapshot snapshot = _snapshots.Take(("s3/b", paths.Select(path => MemorySnapshots.Of(path))));
        for (int i = 0; i < 300; i++)
        {
            EntryPath asked = RandomPath(random);
            List<string> expected =
                [.. paths.Where(path => path.IsAtOrBelow(asked)).Order().Select(path => "s3/b/" + path)];
            IReadOnlyList<SourceRange>? ranges =
                await _snapshots.Resolver.TryResolveAsync(snapshot, "b/" + asked, default);
            Assert.Equal(expected, ranges is null ? [] : await FindAsync(snapshot, "b/" + asked));
            Assert.True(ranges is null || ranges.All(range => range.KindOmitted));
        }
    }

    private static EntryPath RandomPath(Random random) =>
        new(string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => "ab/-0"[random.Next(5)])));

    private Snapshot TakeMany() => _snapshots.Take(
        ("local/site", ["", "a", "a-x", "a/b", "dir/", "dir/f"]), ("local/site-2", ["z"]),
        ("lambda/us-east-1/one", ["code"]), ("lambda/us-east-1/two", ["code"]), ("s3/bucket", ["/k"]));

    private async Task<List<string>> FindAsync(Snapshot snapshot, string path)
    {
        var found = new List<string>();
        foreach (SourceRange range in await _snapshots.Resolver.ResolveAsync(snapshot, path, default))
        {
            await foreach (Entry entry in _snapshots.Resolver.EntriesAsync(range, default))
            {
                found.Add(range.FullPath(entry.Path).ToString());
            }
        }

        return found;
    }
}
