using JadaStore.Collectors.Tests.Local;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests;

/// <summary>Folder, repository, folder: what comes back is what was captured, and other programs say so.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Whatever_a_folder_holds_comes_back(int seed)
    {
        RandomTree.Make(_tree.Root, seed);
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));

        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        Assert.True(snapshot.Record.Sources[0].Complete);
        Assert.Empty(report.Errors);
        Assert.Equal(snapshot.Record.Sources[0].Entries, report.Files);
        Assert.Equal(TreeState.Of(_tree.Root), TreeState.Of(temp.Restored));
        Assert.Equal("", TreeState.RsyncChanges(_tree.Root, temp.Restored));
    }

    [Fact]
    public async Task Holes_come_back_as_holes()
    {
        RandomTree.Make(_tree.Root, seed: 5);
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));
        await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        Dictionary<string, long> before = TreeState.SparseFiles(_tree.Root);
        Dictionary<string, long> after = TreeState.SparseFiles(temp.Restored);

        Assert.NotEmpty(before);
        foreach ((string path, long kept) in before)
        {
            // Holes below 64 KiB are filled, and how a file system keeps its own books may differ by a block or two.
            Assert.InRange(after.GetValueOrDefault(path, long.MaxValue), kept - 16, kept + 64);
        }
    }

    [Fact]
    public async Task A_folder_that_did_not_change_is_not_read_and_adds_nothing()
    {
        RandomTree.Make(_tree.Root, seed: 7);
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new WatchedSource(TempRepository.Source(_tree.Root));
        Snapshot first = await temp.SnapshotAsync(source);
        (int Opened, int Described) before = (source.Opened, source.Described);

        Snapshot second = await temp.SnapshotAsync(source);

        Assert.True(before.Opened > 0);
        Assert.Equal(before, (source.Opened, source.Described));
        Assert.Equal(first.Record.Sources[0].Tree, second.Record.Sources[0].Tree);
        Assert.Equal((0, 0), (second.Record.AddedBytes, second.Record.StoredBytes));
    }

    [Fact]
    public async Task What_was_restored_is_captured_as_the_same()
    {
        RandomTree.Make(_tree.Root, seed: 8);
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot first = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));
        await temp.RestoreAsync(new RestoreRequest { Snapshot = first });

        Snapshot second = await temp.SnapshotAsync(TempRepository.Source(temp.Restored));

        Assert.Empty(await temp.Store.DiffAsync(first, second, [], default).ToListAsync());
        Assert.True(second.Record.Sources[0].Complete);
    }

    [Theory, InlineData(Overwrite.Never), InlineData(Overwrite.Changed)]
    public async Task A_second_restore_finds_nothing_to_do(Overwrite overwrite)
    {
        RandomTree.Make(_tree.Root, seed: 10);
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));
        await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });
        byte[] times = "find . -printf '%p %C@\\n'"u8.ToArray();
        string before = ShellScript.Run(temp.Restored, times);

        RestoreReport report = await temp.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Overwrite = overwrite, Delete = true });

        Assert.Empty(report.Errors);
        Assert.Equal(
            (0, 0, 0, snapshot.Record.Sources[0].Entries), (report.Files, report.Kept, report.Deleted, report.Skipped));
        Assert.Equal(before, ShellScript.Run(temp.Restored, times));
    }

    /// <summary>80 folders of 100 bytes each are more than the kernel takes as one path.</summary>
    [Fact]
    public async Task Folders_nest_as_deep_as_they_like()
    {
        string half = string.Join('/', Enumerable.Repeat(new string('d', 100), 35));
        _tree.Shell($"""
            mkdir -p top/{half} low/{half}
            cd low/{half}; echo deep > file; ln file other; ln -s x link; touch -d @5.5 .; cd "$0"
            mv low top/{half}
            """);
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));

        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        Assert.Empty(report.Errors);
        byte[] look =
            "find . -printf '%P %y %m %n %l '; find . -printf '%T@ '; find . -name file -execdir cat {} +"u8.ToArray();
        Assert.Equal(ShellScript.Run(_tree.Root, look), ShellScript.Run(temp.Restored, look));
    }

    [Fact]
    public async Task Devices_come_back()
    {
        if (!Environment.IsPrivilegedProcess
            || _tree.Shell("mknod c c 1 3 2>/dev/null && echo can || true").Length == 0)
        {
            return; // Nobody else may make one, so there is none to capture.
        }

        _tree.Shell("mknod b b 4095 1048575; chmod 640 b; touch -d @-7.25 b c; chown 5:6 c");
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));

        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot });

        Assert.Empty(report.Errors);
        byte[] look = "stat -c '%F %a %u:%g %t:%T %.9Y' b c"u8.ToArray();
        Assert.Equal(ShellScript.Run(_tree.Root, look), ShellScript.Run(temp.Restored, look));
    }

    [Theory]
    [InlineData("tree/d", "tree")]
    [InlineData("local/tree/d/", "local/tree")]
    [InlineData("tree/d/file", "tree")]
    [InlineData("tree/d/e", "tree")]
    [InlineData("local/tree/d/e/link", "local/tree")]
    [InlineData("tree/d/\\xFF\\x0Ax", "tree")]
    public async Task A_part_comes_back_alone_where_it_was_asked_for(string path, string place)
    {
        _tree.Shell("""
            mkdir d; echo 1 > d/file; echo 2 > d-; echo 3 > d.txt; mkdir d/e d-e; echo 4 > d/e/in; ln -s nowhere d/e/link
            echo 5 > d/file.more; echo 6 > first; ln first d/later; ln first d/e/last; echo 7 > "d/$(printf '\377\nx')"
            touch -d @1000.25 d/e d/file d/e/in; chmod 4711 d/file; touch -h -d @-1.5 d/e/link d
            """);
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));

        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot, Paths = [path] });

        Assert.Empty(report.Errors);
        var look = new ShellScript();
        look.Add("set --", EntryPath.ParseEscaped(path[(place.Length + 1)..]).Span.ToArray());
        look.Add("find \"./$1\" -printf '%P %y %m %U:%G %T@ %l\\n' | sort; find \"./$1\" -type f -exec sha256sum {} + | sort");
        Assert.Equal(look.Run(_tree.Root), look.Run(Path.Combine(temp.Target, place)));
        string names = TempTree.Run("find", temp.Target, "-type", "f", "-name", "d*");
        Assert.Equal("", names);
    }

    /// <summary>The file's first name is not asked for; its other two are still one file.</summary>
    [Fact]
    public async Task Hard_links_of_a_part_stay_linked()
    {
        _tree.Shell("echo x > a; mkdir d d/e; ln a d/b; ln a d/e/c");
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(TempRepository.Source(_tree.Root));

        RestoreReport report = await temp.RestoreAsync(new RestoreRequest { Snapshot = snapshot, Paths = ["tree/d"] });

        Assert.Empty(report.Errors);
        Assert.Equal("2", TempTree.Run("stat", "-c", "%h", Path.Combine(temp.Target, "tree/d/e/c")).TrimEnd());
    }
}
