using JadaStore.Store.Model;
using JadaStore.Store.Tests.Trees;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class SnapshotDiffTests
{
    private readonly MemorySnapshots _snapshots = new();

    [Fact]
    public async Task Each_way_to_differ_has_its_name()
    {
        Entry same =
            MemorySnapshots.Of("same"), gone = MemorySnapshots.Of("gone"), moved = MemorySnapshots.Of("touched");
        Entry unread = MemorySnapshots.Of("unread") with { Digest = null, Problem = "permission denied" };
        Snapshot old = _snapshots.Take(
            ("local/site", [same, gone, moved, MemorySnapshots.Of("changed", 1), MemorySnapshots.Of("unread")]));
        Snapshot now = _snapshots.Take(("local/site",
            [same, moved with { Mode = 0x1FF }, MemorySnapshots.Of("changed", 2), unread, MemorySnapshots.Of("new")]));

        List<Change> changes = await CompareAsync(old, now);

        Assert.Equal(
            ["Modified local/site/changed", "Removed local/site/gone", "Added local/site/new", "Metadata local/site/touched", "Unknown local/site/unread"],
            changes.Select(Text));
        Assert.Equal(
            ["1001 1002", "1001 ", " 1001", "1001 1001", "1001 1001"],
            changes.Select(c => $"{c.Old?.Size} {c.New?.Size}"));
        Assert.Empty(await CompareAsync(now, now));
    }

    /// <summary>A snapshot of one folder says nothing of another: what is there was neither made nor removed.</summary>
    [Fact]
    public async Task A_source_that_only_one_took_is_one_change_and_nothing_in_it_is_removed_or_added()
    {
        Snapshot old = _snapshots.Take(("local/a", ["", "x"]), ("local/both", ["f"]));
        Snapshot now = _snapshots.Take(("local/both", ["f"]), ("s3/b", ["k"]));

        Assert.Equal(["NotTakenInNewer local/a/", "NotTakenInOlder s3/b/"], await TextsAsync(old, now));
        Assert.Equal(["NotTakenInOlder local/a/", "NotTakenInNewer s3/b/"], await TextsAsync(now, old));
        Assert.Equal(["NotTakenInNewer local/a/"], await TextsAsync(old, now, "a/x"));
        Assert.Empty(await TextsAsync(now, _snapshots.Take(("local/both", ["f"]), ("s3/b", ["k"]), ("s3/*", []))));
    }

    /// <summary>The buckets of an account: what its listing gave once and gives no more was removed.</summary>
    [Fact]
    public async Task A_source_that_a_listing_gives_to_one_only_is_added_or_removed_with_all_that_is_in_it()
    {
        Snapshot both = Listed("mine", [], ("s3/a", ["x"]), ("s3/b", ["y", "z"]));
        Snapshot one = Listed("mine", [], ("s3/a", ["x"]));

        Assert.Equal(["Removed s3/b/y", "Removed s3/b/z"], await TextsAsync(both, one));
        Assert.Equal(["Added s3/b/y", "Added s3/b/z"], await TextsAsync(one, both));
    }

    [Fact]
    public async Task What_a_listing_was_not_asked_for_was_not_taken()
    {
        Snapshot both = Listed("mine", [], ("s3/a", ["x"]), ("s3/b", ["y", "z"]), ("s3-config/a", ["c"]));
        string[] expected = ["NotTakenInNewer s3-config/a/", "NotTakenInNewer s3/b/"];

        // It is there and left out; it was another listing; the listing of another account is called the same.
        Assert.Equal(expected, await TextsAsync(both, Listed("mine", ["s3/b"], ("s3/a", ["x"]))));
        Assert.Equal(expected, await TextsAsync(both, Listed("other", [], ("s3/a", ["x"]))));
        Assert.Equal(
            ["NotTakenInNewer s3-config/a/", "NotTakenInNewer s3/a/", "NotTakenInNewer s3/b/", "NotTakenInOlder s3/c/"],
            await TextsAsync(both, Listed("mine", [], ("s3/c", ["x"]))));
        Assert.Equal(
            ["NotTakenInOlder s3/b/"],
            await TextsAsync(
                Listed("mine", ["s3/b"], ("s3/a", ["x"])), Listed("mine", [], ("s3/a", ["x"]), ("s3/b", ["y"]))));
    }

    /// <summary>The listing missed it, though the snapshot that had it last was not taken by that listing.</summary>
    [Fact]
    public async Task What_a_snapshot_raised_the_alarm_for_was_looked_for()
    {
        Snapshot old = _snapshots.Take(("s3/b", ["k"]));
        Snapshot now = Listed("mine", [], ("s3/a", ["x"]));
        var alarm = new SnapshotAlarm("s3/b", AlarmKind.Lost, 1, 1, old.Id.ToString());

        Assert.Equal(["NotTakenInOlder s3/a/", "NotTakenInNewer s3/b/"], await TextsAsync(old, now));
        Assert.Equal(
            ["NotTakenInOlder s3/a/", "Removed s3/b/k"],
            await TextsAsync(old, now with { Record = now.Record with { Alarms = [alarm] } }));
    }

    [Fact]
    public async Task A_region_that_only_one_looked_at_is_one_change_and_what_is_gone_in_another_is_removed()
    {
        Snapshot all = Regions(
            ["eu-west-1", "us-east-1", "us-west-2"], "eu-west-1/f/a", "eu-west-1/g/a", "us-east-1/f/a", "us-east-1/g/a", "us-west-2/f/a");
        Snapshot one = Regions(["us-east-1"], "us-east-1/f/a", "us-east-1/new/a");

        Assert.Equal(
            ["NotTakenInNewer lambda/eu-west-1/", "Removed lambda/us-east-1/g/a", "Added lambda/us-east-1/new/a", "NotTakenInNewer lambda/us-west-2/"],
            await TextsAsync(all, one));
        Assert.Equal(["NotTakenInOlder lambda/eu-west-1/"], await TextsAsync(one, all, "lambda/eu-west-1/g"));

        // Looked at, and nothing is there any more.
        Assert.Equal(["Removed lambda/us-west-2/f/a"], await TextsAsync(
            all, Regions(["eu-west-1", "us-east-1", "us-west-2"], "eu-west-1/f/a", "eu-west-1/g/a", "us-east-1/f/a", "us-east-1/g/a")));
    }

    [Theory]
    [InlineData(CoverageState.Captured, "Removed lambda/us-east-1/f")]
    [InlineData(CoverageState.Partial, "Removed lambda/us-east-1/f")]
    [InlineData(CoverageState.Unsupported, "NotTakenInNewer lambda/us-east-1/")]
    [InlineData(CoverageState.NotExported, "NotTakenInNewer lambda/us-east-1/")]
    public async Task A_region_that_an_account_has_switched_off_was_not_looked_at(CoverageState state, string expected)
    {
        Snapshot old = Regions(["us-east-1"], "us-east-1/f");
        Snapshot now = With(_snapshots.Take(("lambda", Array.Empty<string>())), source => source with
        {
            Coverage = [new CoverageLine("us-east-1/functions", state, 0), new CoverageLine("eu-west-1/functions", CoverageState.Captured, 0)],
        });

        Assert.Equal([expected], await TextsAsync(old, now));
    }

    /// <summary>Where it was asked there was none, be it that what answers was switched off: nobody looked.</summary>
    [Theory]
    [InlineData("boards", null, 2, "NotTakenInNewer lambda/boards/ Removed lambda/eu-west-1/f")]
    [InlineData("waf", "boards", 2, "NotTakenInNewer lambda/boards/ Removed lambda/eu-west-1/f")]
    [InlineData("boards", null, 0, "Removed lambda/boards/a Removed lambda/boards/b Removed lambda/eu-west-1/f")]
    [InlineData("boards", "", 1, "NotTakenInNewer lambda/")]
    [InlineData("", null, 1, "NotTakenInNewer lambda/")]
    [InlineData(
        "us-west-2/boards", "boar", 1, "Removed lambda/boards/a Removed lambda/boards/b Removed lambda/eu-west-1/f")]
    public async Task A_kind_that_one_counted_and_the_other_calls_unsupported_was_not_taken(
        string area, string? folder, long counted, string expected)
    {
        Snapshot old = With(_snapshots.Take(("lambda", ["boards/a", "boards/b", "eu-west-1/f"])), source => source with
        {
            Coverage =
            [
                new CoverageLine(area.Length == 0 ? "boards" : area, CoverageState.Captured, counted),
                new CoverageLine("eu-west-1/functions", CoverageState.Captured, 1),
            ],
        });
        Snapshot now = With(_snapshots.Take(("lambda", Array.Empty<string>())), source => source with
        {
            Coverage =
            [
                new CoverageLine(area, CoverageState.Unsupported, 0, "not here", folder),
                new CoverageLine("eu-west-1/functions", CoverageState.Captured, 0),
            ],
        });

        Assert.Equal(expected, string.Join(' ', await TextsAsync(old, now)));
        Assert.Equal(
            expected.Replace("NotTakenInNewer", "NotTakenInOlder", StringComparison.Ordinal)
                .Replace("Removed", "Added", StringComparison.Ordinal),
            string.Join(' ', await TextsAsync(now, old)));
    }

    [Theory]
    [InlineData("", "Unknown local/site/d/e/f Unknown local/site/d/g Removed local/site/z")]
    [InlineData("site/d", "Unknown local/site/d/e/f Unknown local/site/d/g")]
    [InlineData("site/d/e", "Unknown local/site/d/e/f")]
    [InlineData("site/d/e/f", "Unknown local/site/d/e/f")]
    [InlineData("site/z", "Removed local/site/z")]
    public async Task Below_a_folder_that_could_not_be_listed_nothing_is_said_to_be_removed(
        string path, string expected)
    {
        Snapshot old = _snapshots.Take(("local/site", ["", "d/", "d/e/f", "d/g", "z"]));
        Snapshot now = _snapshots.Take(("local/site", [MemorySnapshots.Of(""), MemorySnapshots.Unlisted("d/")]));

        IEnumerable<string> texts = (await TextsAsync(old, now, path)).Where(text => !text.EndsWith('/'));
        IEnumerable<string> back = (await TextsAsync(now, old, path)).Where(text => !text.EndsWith('/'));

        Assert.Equal(expected, string.Join(' ', texts));
        Assert.Equal(expected.Replace("Removed", "Added", StringComparison.Ordinal), string.Join(' ', back));
    }

    /// <summary>The folder itself is no change then, and still nothing is known of what it lacks.</summary>
    [Fact]
    public async Task A_folder_that_neither_side_could_list_hides_what_only_one_side_got_of_it()
    {
        Snapshot old = _snapshots.Take(
            ("local/site", [MemorySnapshots.Unlisted("d/"), MemorySnapshots.Of("d/f"), MemorySnapshots.Of("d/g", 1)]));
        Snapshot now = _snapshots.Take(
            ("local/site", [MemorySnapshots.Unlisted("d/"), MemorySnapshots.Of("d/g", 2), MemorySnapshots.Of("d/h")]));

        Assert.Equal(
            ["Unknown local/site/d/f", "Modified local/site/d/g", "Unknown local/site/d/h"],
            await TextsAsync(old, now));
    }

    [Fact]
    public async Task What_is_new_in_a_folder_that_only_the_newer_could_not_list_to_its_end_is_added()
    {
        Snapshot old = _snapshots.Take(("local/site", ["d/", "d/f"]));
        Snapshot now = _snapshots.Take(("local/site", [MemorySnapshots.Unlisted("d/"), MemorySnapshots.Of("d/e")]));

        Assert.Equal(
            ["Added local/site/d/e", "Unknown local/site/d/f"],
            (await TextsAsync(old, now)).Where(text => !text.EndsWith('/')));
    }

    [Theory]
    [InlineData("site/a", "Modified local/site/a Modified local/site/a/b")]
    [InlineData("local/site/a/", "Modified local/site/a/b")]
    [InlineData("site/a-x", "Modified local/site/a-x")]
    [InlineData("b", "Modified s3/b/k")]
    [InlineData("site/a site/a/b", "Modified local/site/a Modified local/site/a/b")]
    [InlineData(
        "site/a/b site b", "Modified local/site/a Modified local/site/a-x Modified local/site/a/b Modified s3/b/k")]
    [InlineData("b/k site/a/b", "Modified local/site/a/b Modified s3/b/k")]
    [InlineData("site/a/ site/a", "Modified local/site/a Modified local/site/a/b")]
    public async Task Only_what_is_at_or_below_the_paths_is_told_and_once(string paths, string expected)
    {
        string[] names = ["a", "a-x", "a/b"];
        Snapshot old = _snapshots.Take(
            ("local/site", names.Select(name => MemorySnapshots.Of(name, 1))), ("s3/b", [MemorySnapshots.Of("k", 1)]));
        Snapshot now = _snapshots.Take(
            ("local/site", names.Select(name => MemorySnapshots.Of(name, 2))), ("s3/b", [MemorySnapshots.Of("k", 2)]));

        Assert.Equal(expected, string.Join(' ', await TextsAsync(old, now, paths.Split(' '))));
    }

    [Fact]
    public async Task A_path_on_one_side_is_enough_and_on_neither_is_not_found()
    {
        Snapshot old = _snapshots.Take(("local/site", ["a"])), now = _snapshots.Take(("local/site", ["b"]));

        Assert.Equal(["Removed local/site/a"], await TextsAsync(old, now, "site/a"));
        Assert.Equal(["Added local/site/b"], await TextsAsync(old, now, "site/b"));
        Assert.Equal(
            StoreFault.NotFound,
            (await Assert.ThrowsAsync<StoreException>(() => CompareAsync(old, now, "site/c"))).Fault);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task A_diff_is_what_comparing_two_dictionaries_would_say(int seed)
    {
        var random = new Random(seed);
        var old = new Dictionary<string, SortedDictionary<EntryPath, int>>();
        foreach (string root in new[] { "local/a", "local/a-b", "s3/b" })
        {
            old[root] = [];
            for (int i = 0; i < 700; i++)
            {
                old[root][RandomPath(random)] = 1;
            }
        }

        Dictionary<string, SortedDictionary<EntryPath, int>> now =
            old.ToDictionary(pair => pair.Key, pair => new SortedDictionary<EntryPath, int>(pair.Value));
        for (int i = 0; i < 60; i++)
        {
            SortedDictionary<EntryPath, int> map = now.Values.ElementAt(random.Next(3));
            map[RandomPath(random)] = 2;
            map.Remove(map.Keys.ElementAt(random.Next(map.Count)));
        }

        var expected = new List<string>();
        foreach (string root in old.Keys)
        {
            foreach (EntryPath path in old[root].Keys.Union(now[root].Keys).Order())
            {
                bool before = old[root].TryGetValue(path, out int a), after = now[root].TryGetValue(path, out int b);
                string kind = !before ? "Added" : !after ? "Removed" : path.IsFolder ? "Metadata" : "Modified";
                expected.AddRange(before && after && a == b ? [] : [$"{kind} {root}/{path}"]);
            }
        }

        Assert.Equal(expected, await TextsAsync(Take(old), Take(now)));
    }

    private Snapshot Listed(string listing, string[] leftOut, params (string Root, string[] Paths)[] sources)
    {
        Snapshot taken = With(_snapshots.Take(sources), source => source with { Group = listing });
        return taken with { Record = taken.Record with { LeftOut = leftOut } };
    }

    private Snapshot Regions(string[] regions, params string[] paths) => With(
        _snapshots.Take(("lambda", paths)),
        source => source with { Coverage = [.. regions.Select(region => new CoverageLine($"{region}/functions", CoverageState.Captured, 1))] });

    private static Snapshot With(Snapshot snapshot, Func<SnapshotSource, SnapshotSource> change) =>
        snapshot with { Record = snapshot.Record with { Sources = [.. snapshot.Record.Sources.Select(change)] } };

    private static EntryPath RandomPath(Random random) =>
        new(string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "abc/-0"[random.Next(6)])));

    private static string Text(Change change) => $"{change.Kind} {change.Path}";

    private Snapshot Take(Dictionary<string, SortedDictionary<EntryPath, int>> sources) => _snapshots.Take(
        [.. sources.Select(
            source => (source.Key, source.Value.Select(pair => MemorySnapshots.Of(pair.Key, pair.Value))))]);

    private Task<List<Change>> CompareAsync(Snapshot old, Snapshot now, params string[] paths) =>
        Maps.ToListAsync(_snapshots.Diff.CompareAsync(old, now, paths, default));

    private async Task<List<string>> TextsAsync(Snapshot old, Snapshot now, params string[] paths) =>
        [.. (await CompareAsync(old, now, paths)).Select(Text)];
}
