using JadaStore.Collectors.Local;
using JadaStore.Collectors.Tests.Local;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests;

/// <summary>Folders that do not hold still: what could not be captured is named, and all the rest comes back.</summary>
public sealed class PartialSnapshotTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("rm lost", "vanished")]
    [InlineData("rm lost; mkdir lost", "replaced")]
    [InlineData("rm lost; ln -s kept lost", "replaced")]
    [InlineData("rm lost; mkfifo lost", "replaced")]
    public async Task What_goes_away_before_it_is_read_is_named_and_the_rest_comes_back(string script, string why)
    {
        _tree.Shell(
            "echo x > lost; echo y > kept; mkdir below; echo z > below/kept; ln lost other; touch -d @5 below .");
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new WatchedSource(TempRepository.Source(_tree.Root))
        {
            OnOpen = path => _tree.Shell(path == new EntryPath("lost") ? script : ":"),
        };

        Snapshot snapshot = await temp.SnapshotAsync(source);
        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        SnapshotSource found = snapshot.Record.Sources[0];
        Assert.False(found.Complete);
        Assert.Equal(["lost", "other"], found.Errors.Select(error => error.Path));
        Assert.All(found.Errors, error => Assert.Contains(why, error.Message, StringComparison.Ordinal));
        Assert.Equal(["local/tree/lost", "local/tree/other"], report.Errors.Select(error => error.Path));
        Assert.All(
            report.Errors, error => Assert.StartsWith("was not captured: ", error.Message, StringComparison.Ordinal));
        Assert.Equal(
            [".", "./below", "./below/kept", "./kept"],
            ShellScript.Run(temp.Restored, "find . | sort"u8.ToArray()).Split(
                '\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory, InlineData(100), InlineData(600_000), InlineData(3_000_000)]
    public async Task A_file_that_changes_once_while_it_is_read_is_read_again(int length)
    {
        byte[] before = Bytes(1, length), after = Bytes(2, length);
        _tree.File("log", before);
        int times = 0;
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new WatchedSource(TempRepository.Source(_tree.Root))
        {
            OnRead = _ => { if (Interlocked.Increment(ref times) == 1) { File.WriteAllBytes(_tree["log"], after); } },
        };

        Snapshot snapshot = await temp.SnapshotAsync(source);
        await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        Assert.True(snapshot.Record.Sources[0].Complete);
        Assert.Equal(2, source.Opened);
        Assert.Equal(after, await File.ReadAllBytesAsync(Path.Combine(temp.Restored, "log")));
    }

    /// <summary>
    /// What a log holds when it is opened was whole then; it is kept, marked, and read again the next time.
    /// </summary>
    [Theory, InlineData(1), InlineData(512 << 10), InlineData(3_000_000)]
    public async Task A_file_that_never_stops_growing_is_kept_as_it_was_and_marked(int length)
    {
        byte[] begin = Bytes(3, length);
        _tree.File("log", begin);
        _tree.File("quiet", "x");
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new WatchedSource(TempRepository.Source(_tree.Root))
        {
            OnRead = path =>
            {
                if (path == new EntryPath("log"))
                {
                    using FileStream log = File.Open(_tree["log"], FileMode.Append);
                    log.Write(begin, 0, 1);
                }
            },
        };

        Snapshot snapshot = await temp.SnapshotAsync(source);
        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        Assert.Equal(["log"], snapshot.Record.Sources[0].Errors.Select(error => error.Path));
        Assert.Empty(report.Errors);
        byte[] restored = await File.ReadAllBytesAsync(Path.Combine(temp.Restored, "log"));
        Assert.InRange(restored.Length, length, new FileInfo(_tree["log"]).Length - 1);
        Assert.Equal((await File.ReadAllBytesAsync(_tree["log"]))[..restored.Length], restored);

        Snapshot still = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));
        Assert.True(still.Record.Sources[0].Complete);
        Assert.Equal(new FileInfo(_tree["log"]).Length, (await temp.EntriesAsync(still))["local/tree/log"].Size);
    }

    [Fact]
    public async Task The_repository_that_is_written_to_is_not_captured()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        string above = Path.GetDirectoryName(temp.Folder)!;
        await File.WriteAllTextAsync(Path.Combine(above, "beside"), "x");
        var options = new LocalFolderOptions { LeaveOut = [temp.Folder] };

        Snapshot snapshot = await temp.SnapshotAsync(new LocalFolder(above, "local/tree", options));

        Assert.Equal(
            ["local/tree/", "local/tree/beside"],
            (await temp.EntriesAsync(snapshot)).Keys.Order(StringComparer.Ordinal));
        Assert.Contains("repository", Assert.Single(snapshot.Record.Sources[0].Excluded), StringComparison.Ordinal);
    }

    /// <summary>What the snapshot could not see may well have been there.</summary>
    [Fact]
    public async Task Nothing_is_deleted_below_a_folder_that_was_not_captured()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new ListedSource(
            "local/tree",
            ListedEntry.Of(EntryKind.Folder, new EntryPath("")),
            new SourceFault { Path = new EntryPath("closed/"), Kind = EntryKind.Folder, Message = "permission denied" }));
        Directory.CreateDirectory(temp.Restored);
        ShellScript.Run(
            temp.Restored, "mkdir -p closed/below open; echo x > closed/below/file; echo x > open/file"u8.ToArray());

        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot, Delete = true });

        Assert.True(File.Exists(Path.Combine(temp.Restored, "closed/below/file")));
        Assert.False(Directory.Exists(Path.Combine(temp.Restored, "open")));
        Assert.Equal(2, report.Deleted);
        Assert.Equal(2, report.Kept);
    }

    private static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
