using JadaStore.Collectors.Tests.Local;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests;

/// <summary>Restores into a folder where the same things stand already, some of them changed.</summary>
public sealed class RestoreOverTests : IAsyncLifetime, IDisposable
{
    // One of each: content, content with its old size and time, mode, time, kinds exchanged, gone, new, links cut and
    // made.
    private const string Change = """
        echo longer than it was > content
        touch -r quiet .kept; echo x2 > quiet; touch -r .kept quiet; rm .kept
        chmod 600 mode; touch -d @7 time; rm gone; rm -r folder-gone
        rm file-to-folder; mkdir file-to-folder; echo new > file-to-folder/new
        rm -r folder-to-file; echo new > folder-to-file
        rm -r folder-to-link; ln -s ../../../outside folder-to-link
        rm link-to-folder; mkdir -p link-to-folder/below
        rm link; ln -s elsewhere link; rm pipe; echo new > pipe
        rm linked-2; cp -p linked-1 linked-2;
        mkdir -p new/folder; echo new > new/folder/file; ln -s / new/root; echo new > "$(printf 'new\377\n')"
        echo new > below/new; echo other > below/deeper/content; touch -d @100.5 below/deeper; chmod 700 empty
        """;

    private readonly TempTree _tree = new();
    private TempRepository _temp = null!;
    private Snapshot _snapshot = null!;

    public async Task InitializeAsync()
    {
        _tree.Shell("""
            mkdir folder-gone folder-to-file folder-to-link empty below below/deeper untouched
            for f in content quiet mode time gone file-to-folder folder-gone/in folder-to-file/in folder-to-link/in below/deeper/content \
                     below/old untouched/in linked-1
            do echo x1 > $f; done
            ln -s nowhere link-to-folder; ln -s nowhere link; mkfifo pipe; ln linked-1 linked-2; ln linked-1 below/linked-3
            find . -type d -exec touch -d @100.5 {} +; find . ! -type d -exec touch -h -d @200.25 {} +
            """);
        _temp = await TempRepository.MakeAsync();
        _snapshot = await _temp.SnapshotAsync(TempRepository.Source(_tree.Root));
        _temp.CopyToTarget(_tree.Root, Change);
        Directory.CreateDirectory(Path.Combine(_temp.Target, "local/other"));
        Directory.CreateDirectory(Path.Combine(_temp.Target, "../outside"));
        await File.WriteAllTextAsync(Path.Combine(_temp.Target, "../outside/in"), "outside");
    }

    public async Task DisposeAsync() => await _temp.DisposeAsync();

    public void Dispose() => _tree.Dispose();

    [Theory, InlineData(Overwrite.Changed), InlineData(Overwrite.Always)]
    public async Task Overwriting_and_deleting_makes_the_target_what_the_snapshot_is(Overwrite overwrite)
    {
        RestoreReport report = await RestoreAsync(overwrite, delete: true);

        Assert.Empty(report.Errors);
        Assert.Equal(TreeState.Of(_tree.Root), TreeState.Of(_temp.Restored));
        Assert.Equal("", TreeState.RsyncChanges(_tree.Root, _temp.Restored));
        Assert.True(Directory.Exists(Path.Combine(_temp.Target, "local/other")));
        Assert.Equal("outside", await File.ReadAllTextAsync(Path.Combine(_temp.Target, "../outside/in")));
    }

    /// <summary>All but the folders that are in the way of a file or a link: those are named.</summary>
    [Fact]
    public async Task Overwriting_without_deleting_keeps_what_is_new()
    {
        RestoreReport report = await RestoreAsync(Overwrite.Changed, delete: false);

        Assert.Equal(
            ["local/tree/file-to-folder", "local/tree/link-to-folder"], report.Errors.Select(error => error.Path));
        string[] before = TreeState.Of(_tree.Root), after = TreeState.Of(_temp.Restored);
        Assert.All(
            before.Where(line => line.Contains(" | ", StringComparison.Ordinal) && !line.Contains("to-folder", StringComparison.Ordinal)),
            line => Assert.Contains(line, after));
        Assert.Equal("new", Read("new/folder/file"));
        Assert.Equal("new", Read("below/new"));
        Assert.Equal("new", Read("file-to-folder/new"));
        Assert.Equal("outside", await File.ReadAllTextAsync(Path.Combine(_temp.Target, "../outside/in")));
    }

    [Fact]
    public async Task Without_leave_to_overwrite_only_what_is_missing_comes_back()
    {
        string[] before = Lines();
        RestoreReport report = await RestoreAsync(Overwrite.Never, delete: false);

        string[] after = Lines();
        Assert.Equal(before, after.Where(line => !line.Contains("gone", StringComparison.Ordinal)));
        Assert.Equal(
            ["folder-gone", "folder-gone/in", "gone"],
            after.Except(before).Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]));
        Assert.Equal(3, report.Files);

        // Below what is no folder now, nothing can be made.
        Assert.Equal(
            ["local/tree/folder-to-file/in", "local/tree/folder-to-link/in"],
            report.Errors.Select(error => error.Path));
    }

    [Theory, InlineData(Overwrite.Changed), InlineData(Overwrite.Always)]
    public async Task A_dry_run_changes_nothing_and_says_what_would_be_done(Overwrite overwrite)
    {
        byte[] look = "find . -printf '%p %y %m %T@ %C@ %i\\n'"u8.ToArray();
        string before = ShellScript.Run(_temp.Target, look);

        (RestoreReport dry, List<RestoreAction> planned) = await RunAsync(overwrite, dryRun: true);
        Assert.Equal(before, ShellScript.Run(_temp.Target, look));

        (RestoreReport real, List<RestoreAction> done) = await RunAsync(overwrite, dryRun: false);
        Assert.Equal(Work(planned), Work(done));
        Assert.Equal((real.Deleted, real.Bytes), (dry.Deleted, dry.Bytes));
        Assert.Contains("local/tree/new/root", Work(planned));
    }

    [Fact]
    public async Task Deleting_below_a_part_leaves_the_rest()
    {
        RestoreReport report = await RestoreAsync(Overwrite.Changed, delete: true, "local/tree/below");

        Assert.Empty(report.Errors);
        Assert.Equal(1, report.Deleted);
        Assert.False(File.Exists(Path.Combine(_temp.Restored, "below/new")));
        Assert.Equal("new", Read("new/folder/file"));
        Assert.Equal("x1", Read("below/deeper/content"));
    }

    /// <summary>A file that is replaced has a new name in its folder, and that changes the folder's time.</summary>
    [Fact]
    public async Task A_folder_keeps_its_time_when_a_file_in_it_is_replaced()
    {
        ShellScript.Run(_temp.Restored, "echo other > untouched/in; touch -d @100.5 untouched"u8.ToArray());

        await RestoreAsync(Overwrite.Changed, delete: false, "local/tree/untouched");

        string folder = Path.Combine(_temp.Restored, "untouched");
        Assert.Equal("100.5", TempTree.Run("find", folder, "-maxdepth", "0", "-printf", "%T@").TrimEnd('0'));
    }

    // What was in the way of a file is gone when its turn comes, and folders have other times by then.
    private static IEnumerable<string> Work(IEnumerable<RestoreAction> actions) => actions
        .Where(action => action.Kind == RestoreActionKind.Delete
            || (action.Entry!.Kind != EntryKind.Folder && action.Kind is not (RestoreActionKind.Same or RestoreActionKind.Keep)))
        .Select(action => action.Path.ToString()).Order(StringComparer.Ordinal);

    private string[] Lines() => ShellScript.Run(
        _temp.Restored,
        "find . -mindepth 1 \\( -type d -printf '%P d %m\\n' \\) -o -printf '%P %y %m %T@ %s %l\\n' | sort"u8.ToArray())
            .Split('\n');

    private string Read(string path) => File.ReadAllText(Path.Combine(_temp.Restored, path)).TrimEnd();

    private Task<RestoreReport> RestoreAsync(Overwrite overwrite, bool delete, params string[] paths) =>
        _temp.RestoreAsync(
            new RestoreRequest { Snapshot = _snapshot, Overwrite = overwrite, Delete = delete, Paths = paths });

    private async Task<(RestoreReport Report, List<RestoreAction> Actions)> RunAsync(Overwrite overwrite, bool dryRun)
    {
        List<RestoreAction> actions = [];
        RestoreReport report = await _temp.RestoreAsync(new RestoreRequest
        {
            Snapshot = _snapshot,
            Overwrite = overwrite,
            Delete = true,
            DryRun = dryRun,
            OnAction = action =>
            {
                lock (actions)
                {
                    actions.Add(action);
                }
            },
        });
        return (report, actions);
    }
}
