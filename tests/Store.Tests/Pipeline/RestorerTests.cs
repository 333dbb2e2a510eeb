using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class RestorerTests : IAsyncDisposable
{
    private readonly MemoryTarget _target = new();

    [Fact]
    public async Task All_comes_back_folders_before_what_is_in_them_and_finished_after()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("local/s") { [""] = MemoryFile.Folder() };
        for (int i = 0; i < 600; i++)
        {
            string folder = $"d{i % 7}/e{i % 3}/";
            source[$"d{i % 7}/"] = MemoryFile.Folder();
            source[folder] = MemoryFile.Folder();
            source[folder + $"f{i}"] = MemoryFile.Of($"content {i}");
        }

        source["holes"] = MemoryFile.Of("ends") with { HoleAfter = 2, HoleLength = 500_000 };
        Snapshot snapshot = await temp.SnapshotAsync(source);

        RestoreReport report = await RestoreAsync(temp, new RestoreRequest { Snapshot = snapshot });

        Assert.Equal(source.Paths.Select(path => "local/s/" + path), _target.Names);
        Assert.All(source.Paths, path => Assert.Equal(source[path].Whole(), _target["local/s/" + path].Bytes));
        Assert.Equal(
            (snapshot.Record.Sources[0].Entries, snapshot.Record.Sources[0].Bytes), (report.Files, report.Bytes));
        Assert.Equal(500_000, _target.Skipped);
        List<string> calls = [.. _target.Calls];
        foreach (EntryPath folder in source.Paths.Where(path => path.IsFolder))
        {
            string path = "local/s/" + folder;
            int made = calls.IndexOf("make " + path), set = calls.IndexOf("set " + path);
            Assert.Equal(set, calls.LastIndexOf("set " + path));
            for (int i = 0; i < calls.Count; i++)
            {
                string on = calls[i][(calls[i].IndexOf(' ', StringComparison.Ordinal) + 1)..];
                bool below = on != path && on.StartsWith(path, StringComparison.Ordinal);
                Assert.True(!below || (i > made && i < set), $"{calls[i]} outside of {path}");
            }
        }
    }

    [Theory]
    [InlineData("local/s/d", "local/s/d/ local/s/d/f")]
    [InlineData("s/d", "s/d/ s/d/f")]
    [InlineData("s/d/f", "s/d/f")]
    [InlineData("s", "s/ s/d-x s/d/ s/d/f")]
    [InlineData("b/k", "b/k")]
    [InlineData("b/k local/s/d-x", "b/k local/s/d-x")]
    public async Task Paths_are_restored_as_they_were_asked_for(string paths, string expected)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(
            new MemorySource("local/s")
            {
                [""] = MemoryFile.Folder(), ["d/"] = MemoryFile.Folder(), ["d/f"] = MemoryFile.Of("f"),
                ["d-x"] = MemoryFile.Of("x"),
            },
            new MemorySource("s3/b") { ["k"] = MemoryFile.Of("k") });

        RestoreReport report =
            await RestoreAsync(temp, new RestoreRequest { Snapshot = snapshot, Paths = paths.Split(' ') });

        Assert.Equal(expected, string.Join(' ', _target.Names));
        Assert.Equal(_target.Items.Count, report.Files);
    }

    [Theory, InlineData("s/d", "s/d/f"), InlineData("s/d/f", "s/d"), InlineData("s/d", "s/d"), InlineData("s/d", "s/d/")]
    public async Task A_path_within_another_is_restored_once(params string[] paths)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(
            new MemorySource("local/s") { ["d/f"] = MemoryFile.Of("f"), ["d/g"] = MemoryFile.Of("g") });

        RestoreReport report = await RestoreAsync(
            temp, new RestoreRequest { Snapshot = snapshot, Paths = paths, Overwrite = Overwrite.Always });

        Assert.Equal(2, report.Files);
        Assert.Equal(["s/d/f", "s/d/g"], _target.Names);
    }

    [Fact]
    public async Task A_path_that_is_not_there_changes_nothing()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s") { ["f"] = MemoryFile.Of("f") });
        _target.Put("s/extra");
        var request = new RestoreRequest { Snapshot = snapshot, Paths = ["s", "s/g"], Delete = true };

        Assert.Equal(
            StoreFault.NotFound, (await Assert.ThrowsAsync<StoreException>(() => RestoreAsync(temp, request))).Fault);

        Assert.Empty(_target.Calls);
    }

    [Fact]
    public async Task Delete_removes_what_the_snapshot_lacks_and_only_below_the_paths()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s")
        {
            ["d/"] = MemoryFile.Folder(), ["d/f"] = MemoryFile.Of("f"), ["d/implied/g"] = MemoryFile.Of("g"),
            ["e"] = MemoryFile.Of("e"),
        });
        string[] extra = ["s/d/extra", "s/d/old/", "s/d/old/x", "s/d/old/y/"];
        string[] outside = ["s/outside", "s/d-x", "local/s/d/extra", "other"];
        foreach (string path in (string[])[.. extra, .. outside, "s/d/", "s/d/implied/"])
        {
            _target.Put(path);
        }

        _target.Put("s/d/f", "mine");
        var actions = new List<RestoreAction>();
        var request = new RestoreRequest
        {
            Snapshot = snapshot, Paths = ["s/d"], Delete = true, OnAction = actions.Add,
        };
        RestoreReport dry = await RestoreAsync(temp, request with { DryRun = true });
        Assert.Empty(_target.Calls);
        Assert.Equal(extra, actions.Where(action => action.Kind == RestoreActionKind.Delete).Select(action => action.Path.ToString()).Order(StringComparer.Ordinal));

        RestoreReport report = await RestoreAsync(temp, request);

        Assert.Equal((4, 4), (dry.Deleted, report.Deleted));
        string[] left = ["s/d/", "s/d/f", "s/d/implied/", "s/d/implied/g", .. outside];
        Assert.Equal(left.Order(StringComparer.Ordinal), _target.Names);
        Assert.Equal("mine", _target["s/d/f"].ToString());
    }

    /// <summary>What the snapshot could not see may be all that is left of it.</summary>
    [Fact]
    public async Task Delete_keeps_what_lies_below_a_folder_that_could_not_be_listed()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s")
        {
            ["d/"] = MemoryFile.Folder() with { Fault = "permission denied" }, ["f"] = MemoryFile.Of("f"),
        });
        foreach (string path in new[] { "local/s/d/", "local/s/d/precious", "local/s/d/e/", "local/s/d/e/too", "local/s/extra" })
        {
            _target.Put(path);
        }

        RestoreReport report = await RestoreAsync(temp, new RestoreRequest { Snapshot = snapshot, Delete = true });

        Assert.Equal(1, report.Deleted);
        Assert.Equal(
            ["local/s/d/", "local/s/d/e/", "local/s/d/e/too", "local/s/d/precious", "local/s/f"], _target.Names);
        Assert.Equal(3, report.Kept);
    }

    /// <summary>Deleted only afterwards, they would stand in the way of what belongs there.</summary>
    [Theory, InlineData(Overwrite.Changed), InlineData(Overwrite.Never)]
    public async Task Delete_makes_room_for_what_was_a_folder_and_is_a_file_and_the_other_way_round(Overwrite overwrite)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s")
        {
            ["a"] = MemoryFile.Of("file"), ["b/"] = MemoryFile.Folder(), ["b/c"] = MemoryFile.Of("c"),
        });
        _target.Put("local/s/a/");
        _target.Put("local/s/a/x");
        _target.Put("local/s/b", "file");

        RestoreReport report =
            await RestoreAsync(temp, new RestoreRequest { Snapshot = snapshot, Delete = true, Overwrite = overwrite });

        Assert.Equal(["local/s/a", "local/s/b/", "local/s/b/c"], _target.Names);
        Assert.Equal((3, 3, 0), (report.Files, report.Deleted, report.Kept));
    }

    [Theory, InlineData("delete local/s/x"), InlineData("list local/s/")]
    public async Task A_deletion_or_listing_that_fails_is_named_and_the_rest_goes_on(string call)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s") { ["f"] = MemoryFile.Of("f") });
        _target.Put("local/s/x");
        _target.OnCall = asked => _ = asked == call ? throw new IOException("busy") : 0;

        RestoreReport report = await RestoreAsync(temp, new RestoreRequest { Snapshot = snapshot, Delete = true });

        Assert.Equal("busy", Assert.Single(report.Errors).Message);
        Assert.Equal((1, 0), (report.Files, report.Deleted));
        Assert.Equal(["local/s/f", "local/s/x"], _target.Names);
    }

    /// <summary>Whoever asks must learn what happened, and not that it was cancelled, which nobody did.</summary>
    [Fact]
    public async Task A_failure_of_the_repository_itself_ends_the_run_and_is_what_is_thrown()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(SnapshotWriterTests.Many(3000));
        _target.OnCall = call =>
            _ = call == "create local/any/f1" ? throw new StoreException(StoreFault.Io, "the disk is gone") : 0;

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            () => RestoreAsync(temp, new RestoreRequest { Snapshot = snapshot }));

        Assert.Equal(StoreFault.Io, e.Fault);
        Assert.True(_target.Items.Count < 3000);
    }

    [Fact]
    public async Task Cancelling_stops_the_run_and_nothing_is_written_after_it_has_returned()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(SnapshotWriterTests.Many(3000));
        using var stop = new CancellationTokenSource();
        _target.OnCall = call => _ = call == "create local/any/f5" ? Stop(stop) : 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            temp.Store.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, _target, null, stop.Token));

        int calls = _target.Calls.Count;
        Assert.InRange(calls, 1, 2 * 3000 - 1);
        await Task.Yield();
        Assert.Equal(calls, _target.Calls.Count);
    }

    [Fact]
    public async Task Progress_ends_at_all_there_is()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(SnapshotWriterTests.Many(1000));
        var progress = new LastProgress();

        await temp.Store.RestoreAsync(new RestoreRequest { Snapshot = snapshot }, _target, progress, default);

        SnapshotSource source = snapshot.Record.Sources[0];
        Assert.Equal(new RestoreProgress(source.Entries, source.Bytes, source.Entries, source.Bytes), progress.Last);
    }

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    private static int Stop(CancellationTokenSource stop)
    {
        stop.Cancel();
        return 0;
    }

    private Task<RestoreReport> RestoreAsync(TempRepository temp, RestoreRequest request) =>
        temp.Store.RestoreAsync(request, _target, null, default);

    private sealed class LastProgress : IProgress<RestoreProgress>
    {
        public RestoreProgress Last { get; private set; }

        public void Report(RestoreProgress value) => Last = value;
    }
}
