using JadaStore.Store.Model;
using JadaStore.Store.Tests.Trees;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class ListingTests
{
    private readonly MemorySnapshots _snapshots = new();

    [Theory]
    [InlineData("", "lambda/? local/? s3/?")]
    [InlineData("./", "lambda/? local/? s3/?")]
    [InlineData("s3", "s3/b/?")]
    [InlineData("./s3", "s3/b/?")]
    [InlineData("/s3/", "s3/b/?")]
    [InlineData("local", "local/site/? local/site-2/?")]
    [InlineData("lambda", "lambda/us-east-1/?")]
    [InlineData("lambda/us-east-1/", "lambda/us-east-1/one/? lambda/us-east-1/two/?")]
    [InlineData("us-east-1", "lambda/us-east-1/one/? lambda/us-east-1/two/?")]
    [InlineData("us-east-1/two", "lambda/us-east-1/two/code")]
    [InlineData(
        "local/site", "local/site/a local/site/a-x local/site/a/? local/site/dir/ local/site/empty/ local/site/z")]
    [InlineData("site/", "local/site/a local/site/a-x local/site/a/? local/site/dir/ local/site/empty/ local/site/z")]
    [InlineData("site/a", "local/site/a local/site/a/b local/site/a/c/?")]
    [InlineData("site/a/", "local/site/a/b local/site/a/c/?")]
    [InlineData("site/dir", "local/site/dir/f")]
    [InlineData("site/empty/", "")]
    [InlineData("site/z", "local/site/z")]
    [InlineData("b", "s3/b//? s3/b/a/?")]
    [InlineData("b/a", "s3/b/a//? s3/b/a/b")]
    [InlineData("b/a//", "s3/b/a//b s3/b/a//c/?")]
    [InlineData("b//", "s3/b//top")]
    public async Task A_level_shows_files_and_folders_each_once_and_marks_what_is_only_implied(
        string path, string expected)
    {
        Snapshot snapshot = _snapshots.Take(
            ("local/site", ["", "a", "a-x", "a/b", "a/c/d", "a/c/e", "dir/", "dir/f", "empty/", "z"]),
            ("local/site-2", ["z"]),
            ("lambda/us-east-1/one", ["code"]), ("lambda/us-east-1/two", ["code"]), ("s3/b", ["/top", "a//b", "a//c/d", "a/b"]));

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), await LevelAsync(snapshot, path));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task A_level_is_what_cutting_every_path_would_show(int seed)
    {
        var random = new Random(seed);
        string[] keys = [.. Enumerable.Range(0, 600).Select(_ => RandomKey(random)).Distinct()];
        Snapshot snapshot = _snapshots.Take(("s3/b", keys));
        string[] folders = [.. keys.SelectMany(Folders).Append("").Distinct()];
        foreach (string folder in folders)
        {
            Assert.Equal(NaiveLevel(keys, folder), await LevelAsync(snapshot, "s3/b/" + folder));
        }
    }

    [Fact]
    public async Task Everything_below_a_path_comes_in_order_with_its_entries()
    {
        Snapshot snapshot = _snapshots.Take(("local/site", ["", "a", "a-x", "a/b", "z"]), ("s3/b", ["k"]));

        List<Found> all = await Maps.ToListAsync(_snapshots.Listing.EntriesAsync(snapshot, "", default));

        Assert.Equal(
            ["local/site/", "local/site/a", "local/site/a-x", "local/site/a/b", "local/site/z", "s3/b/k"],
            all.Select(found => found.Path.ToString()));
        Assert.All(all, found => Assert.NotNull(found.Entry));
        Assert.All(all, found => Assert.Same(snapshot, found.Snapshot));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        Snapshot snapshot = _snapshots.Take(("local/site", ["a"]));

        foreach (Func<IAsyncEnumerable<Found>> list in new Func<IAsyncEnumerable<Found>>[]
        {
            () => _snapshots.Listing.LevelAsync(snapshot, "site/b", default),
            () => _snapshots.Listing.EntriesAsync(snapshot, "site/b", default),
        })
        {
            Assert.Equal(
                StoreFault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => Maps.ToListAsync(list()))).Fault);
        }
    }

    /// <summary>A bucket with millions of keys below one prefix must list as quickly as one with ten.</summary>
    [Fact]
    public async Task What_lies_below_a_folder_is_passed_over_unread()
    {
        IEnumerable<string> keys = Enumerable.Range(0, 3).SelectMany(folder =>
            Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"logs-{folder}/2026/{i:D6}.json")));
        Snapshot snapshot = _snapshots.Take(("s3/b", keys.Select(key => MemorySnapshots.Of(key))));
        int pages = _snapshots.Chunks.Count;
        _snapshots.Chunks.Reads = 0;

        List<string> level = await LevelAsync(snapshot, "s3/b");

        Assert.Equal(["s3/b/logs-0/?", "s3/b/logs-1/?", "s3/b/logs-2/?"], level);
        Assert.True(pages > 300, $"{pages} pages");
        Assert.InRange(_snapshots.Chunks.Reads, 1, 30);
    }

    private static string RandomKey(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "ab//-0"[random.Next(6)]));

    private static IEnumerable<string> Folders(string key) =>
        Enumerable.Range(0, key.Length).Where(i => key[i] == '/').Select(i => key[..(i + 1)]);

    private static List<string> NaiveLevel(string[] keys, string folder)
    {
        var shown = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (string key in keys.Where(
            key => key.StartsWith(folder, StringComparison.Ordinal) && key.Length > folder.Length))
        {
            int slash = key.IndexOf('/', folder.Length);
            string child = slash < 0 ? key : key[..(slash + 1)];
            shown[child] = (shown.TryGetValue(child, out bool there) && there) || child == key;
        }

        return [.. shown.Select(pair => "s3/b/" + pair.Key + (pair.Value ? "" : "?"))];
    }

    private async Task<List<string>> LevelAsync(Snapshot snapshot, string path) =>
        [.. (await Maps.ToListAsync(_snapshots.Listing.LevelAsync(snapshot, path, default)))
            .Select(found => found.Path + (found.Entry is null ? "?" : ""))];
}
