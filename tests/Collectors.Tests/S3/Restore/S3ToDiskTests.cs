using System.Text;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Collectors.Tests.Servers;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests.S3.Restore;

/// <summary>Keys that no tree of folders holds are all on disk, each in a place of its own.</summary>
public sealed class S3ToDiskTests
{
    [Fact]
    public async Task Every_key_is_a_file_and_every_name_that_is_another_is_told_of()
    {
        string[] keys = [.. HardKeys.All, .. HardKeys.Control];
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(Source(keys));

        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        Assert.Empty(report.Errors);
        Assert.Equal(keys.Length, report.Files);
        Dictionary<string, string> found = await FilesAsync(temp);
        Assert.Equal(keys.Length, found.Count);
        foreach (string key in keys)
        {
            bool isFolderToo = keys.Any(other => other.StartsWith(key + "/", StringComparison.Ordinal));
            string name = "s3/b/" + Text(EscapedNames.NameOf(new EntryPath(key), isFolderToo));
            Assert.Equal(Content(new EntryPath(key)), found[name]);
            bool isTold = report.Escaped.Any(one => Text(one.Path) == "s3/b/" + key && Text(one.Name) == name);
            Assert.Equal(name != "s3/b/" + key, isTold);
        }

        report = await temp.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Overwrite = Overwrite.Changed, Delete = true });
        Assert.Equal((0, 0, keys.Length), (report.Files, report.Deleted, report.Skipped));
    }

    /// <summary>A key has another name when others begin with it: the old one is an extra then.</summary>
    [Fact]
    public async Task What_a_key_was_called_before_goes_when_asked()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot first = await temp.SnapshotAsync(Source("a", "b/c", "b/d", new string('k', 300) + "/x", "z"));
        await temp.RestoreAsync(new RestoreRequest { Snapshot = first });
        Snapshot second = await temp.SnapshotAsync(Source("a", "a/x", "b", "b/d", new string('k', 300) + "/y"));

        RestoreReport report = await temp.RestoreAsync(
            new RestoreRequest { Snapshot = second, Overwrite = Overwrite.Changed, Delete = true });

        Assert.Empty(report.Errors);
        Assert.Equal(
            [
                "s3/b/a%+", "s3/b/a/x", "s3/b/b%+", "s3/b/b/d",
                $"s3/b/{new string('k', 253)}%-/{new string('k', 47)}%=/y",
            ],
            (await FilesAsync(temp)).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("b/a", "b/a%+ b/a/b b/a/c/d")]
    [InlineData("b/a/", "b/a/b b/a/c/d")]
    [InlineData("b/a/b", "b/a/b")]
    [InlineData("s3/b/..", "s3/b/%2E%2E%=")]
    public async Task A_part_has_the_names_that_it_has_in_the_whole(string path, string expected)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(Source("..", "a", "a!", "a!x", "a-", "a.b", "a/b", "a/c/d", "ab"));

        RestoreReport report =
            await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot, Paths = [path], Delete = true });

        Assert.Empty(report.Errors);
        Assert.Equal(expected.Split(' '), (await FilesAsync(temp)).Keys.Order(StringComparer.Ordinal));
    }

    private static ListedSource Source(params string[] keys) => new(
        "s3/b", [.. keys.Select(key => new EntryPath(key)).Order().Select(key => ListedEntry.File(key, Content(key)))]);

    private static string Content(EntryPath key) => Convert.ToHexString(key.Span);

    private static string Text(EntryPath path) => Encoding.UTF8.GetString(path.Span);

    private static async Task<Dictionary<string, string>> FilesAsync(TempRepository temp)
    {
        var found = new Dictionary<string, string>();
        await using var target = new LocalTarget(temp.Target, new LocalTargetOptions());
        await foreach (EntryPath path in target.ListAsync(default, default))
        {
            if (!path.IsFolder)
            {
                found[Text(path)] = await File.ReadAllTextAsync(Path.Combine(temp.Target, Text(path)));
            }
        }

        return found;
    }
}
