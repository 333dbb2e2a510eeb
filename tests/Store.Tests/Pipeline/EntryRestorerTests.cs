using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class EntryRestorerTests : IAsyncDisposable
{
    private readonly MemoryTarget _target = new();

    [Theory]
    [InlineData(Overwrite.Never, "absent", RestoreActionKind.Create)]
    [InlineData(Overwrite.Never, "same", RestoreActionKind.Same)]
    [InlineData(Overwrite.Never, "mode", RestoreActionKind.Keep)]
    [InlineData(Overwrite.Never, "differs", RestoreActionKind.Keep)]
    [InlineData(Overwrite.Changed, "absent", RestoreActionKind.Create)]
    [InlineData(Overwrite.Changed, "same", RestoreActionKind.Same)]
    [InlineData(Overwrite.Changed, "mode", RestoreActionKind.SetAttributes)]
    [InlineData(Overwrite.Changed, "differs", RestoreActionKind.Overwrite)]
    [InlineData(Overwrite.Always, "absent", RestoreActionKind.Create)]
    [InlineData(Overwrite.Always, "same", RestoreActionKind.Overwrite)]
    [InlineData(Overwrite.Always, "mode", RestoreActionKind.Overwrite)]
    [InlineData(Overwrite.Always, "differs", RestoreActionKind.Overwrite)]
    public async Task What_stands_there_and_what_was_asked_decide(
        Overwrite overwrite, string there, RestoreActionKind expected)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s") { ["f"] = MemoryFile.Of("content") });
        foreach (bool dryRun in new[] { true, false })
        {
            var target = new MemoryTarget();
            Action put = there switch
            {
                "same" => () => target.Put("local/s/f", "content"),
                "mode" => () => target.Put("local/s/f", "content", mode: 0x180),
                "differs" => () => target.Put("local/s/f", "another"),
                _ => () => { },
            };
            put();
            var actions = new List<RestoreAction>();
            var request = new RestoreRequest
            {
                Snapshot = snapshot, Overwrite = overwrite, DryRun = dryRun, OnAction = actions.Add,
            };

            RestoreReport report = await temp.Store.RestoreAsync(request, target, null, default);

            Assert.Equal((expected, "local/s/f"), (Assert.Single(actions).Kind, actions[0].Path.ToString()));
            bool writes = expected is RestoreActionKind.Create or RestoreActionKind.Overwrite;
            Assert.Equal(
                (writes || expected == RestoreActionKind.SetAttributes ? 1 : 0, writes ? 7 : 0, expected == RestoreActionKind.Same ? 1 : 0, expected == RestoreActionKind.Keep ? 1 : 0, 0),
                (report.Files, report.Bytes, report.Skipped, report.Kept, report.Deleted));
            string[] calls = dryRun ? []
                : writes ? ["create local/s/f", "commit local/s/f"]
                : expected == RestoreActionKind.SetAttributes ? ["set local/s/f"] : [];
            Assert.Equal(calls, target.Calls);
            bool right = !dryRun && expected != RestoreActionKind.Keep;
            Assert.True(!right || (target["local/s/f"].ToString(), target["local/s/f"].Mode) == ("content", 0x1A4u));
        }
    }

    /// <summary>
    /// A folder that is there is no obstacle; that nothing may be overwritten holds for its mode too.
    /// </summary>
    [Theory]
    [InlineData(Overwrite.Never, 0x1C0u, "")]
    [InlineData(Overwrite.Changed, 0x1C0u, "set local/s/d/")]
    [InlineData(Overwrite.Changed, 0x1A4u, "")]
    [InlineData(Overwrite.Always, 0x1A4u, "make local/s/d/,set local/s/d/")]
    public async Task A_folder_that_is_there_is_kept_and_gets_its_attributes_as_asked(
        Overwrite overwrite, uint mode, string expected)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s") { ["d/"] = MemoryFile.Folder() });
        _target.Put("local/s/d/", mode: mode);

        RestoreReport report = await RestoreAsync(temp, snapshot, overwrite);

        Assert.Equal(expected, string.Join(',', _target.Calls));
        Assert.Equal(0, report.Kept);
    }

    [Theory]
    [InlineData("inspect local/s/d/bad", "local/s/d/bad")]
    [InlineData("create local/s/d/bad", "local/s/d/bad")]
    [InlineData("write local/s/d/bad", "local/s/d/bad")]
    [InlineData("commit local/s/d/bad", "local/s/d/bad")]
    [InlineData("make local/s/link", "local/s/link")]
    [InlineData("make local/s/d/", "local/s/d/")]
    [InlineData("inspect local/s/d/", "local/s/d/")]
    [InlineData("set local/s/d/", "local/s/d/")]
    [InlineData("link local/s/second local/s/first", "local/s/second")]
    public async Task An_entry_that_fails_is_named_once_and_counted_nowhere_and_the_rest_goes_on(
        string call, string path)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s")
        {
            ["d/"] = MemoryFile.Folder(),
            ["d/bad"] = MemoryFile.Of("bad"),
            ["d/good"] = MemoryFile.Of("good"),
            ["first"] = MemoryFile.Of("linked") with { HasLinks = true },
            ["link"] = new MemoryFile { Kind = EntryKind.Symlink, LinkTarget = "d"u8.ToArray() },
            ["second"] = MemoryFile.Of("linked") with { HardLink = new EntryPath("first") },
        });
        foreach (Exception failure in new Exception[] { new IOException("disk full"), new UnauthorizedAccessException("disk full") })
        {
            _target.Items.Clear();
            _target.OnCall = asked => _ = asked == call ? throw failure : 0;

            RestoreReport report = await RestoreAsync(temp, snapshot);

            Assert.Equal(new SourceError(path, "disk full"), Assert.Single(report.Errors));
            Assert.False(report.Damaged);

            // A folder that stands and only did not get its attributes was brought back.
            Assert.Equal(call == "set local/s/d/" ? 6 : 5, report.Files);
            string[] all =
                ["local/s/d/", "local/s/d/bad", "local/s/d/good", "local/s/first", "local/s/link", "local/s/second"];
            Assert.Equal(call == "set local/s/d/" ? all : all.Where(name => name != path), _target.Names);
        }
    }

    [Fact]
    public async Task Links_lead_to_the_first_of_their_paths()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(Linked());

        RestoreReport report = await RestoreAsync(temp, snapshot);

        Assert.Equal(
            ["link local/s/d/b local/s/a", "link local/s/d/c local/s/a"],
            _target.Calls.Where(call => call.StartsWith("link", StringComparison.Ordinal)));
        Assert.Same(_target["local/s/a"], _target["local/s/d/c"]);
        Assert.Equal(3, report.Files);
    }

    /// <summary>The first of a file's paths that is asked for stands in for the one that is not.</summary>
    [Fact]
    public async Task Links_to_what_is_not_asked_for_share_the_content_among_themselves()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(Linked());

        await RestoreAsync(temp, snapshot, paths: "s/d");

        Assert.Equal(["create s/d/b", "commit s/d/b", "link s/d/c s/d/b"], _target.Calls);
        Assert.Equal("linked", _target["s/d/c"].ToString());
    }

    [Theory, InlineData("create local/s/a"), InlineData("commit local/s/a")]
    public async Task Links_to_what_failed_have_content_of_their_own(string call)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(Linked());
        _target.OnCall = asked => _ = asked == call ? throw new IOException("no") : 0;

        RestoreReport report = await RestoreAsync(temp, snapshot);

        Assert.Equal("local/s/a", Assert.Single(report.Errors).Path);
        Assert.Equal(["local/s/d/b", "local/s/d/c"], _target.Names);
        Assert.Equal("linked", _target["local/s/d/c"].ToString());
    }

    /// <summary>
    /// Linked to what was kept, they would show another file's content, and writing to them would change it.
    /// </summary>
    [Fact]
    public async Task Links_to_what_was_kept_have_content_of_their_own()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(Linked());
        _target.Put("local/s/a", "precious");

        RestoreReport report = await RestoreAsync(temp, snapshot, Overwrite.Never);

        Assert.Equal((1, 2), (report.Kept, report.Files));
        Assert.Equal("precious", _target["local/s/a"].ToString());
        Assert.Equal(["linked", "linked"], new[] { "b", "c" }.Select(name => _target["local/s/d/" + name].ToString()));
    }

    [Fact]
    public async Task What_was_not_captured_is_named_and_nothing_is_written_in_its_place()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(new MemorySource("local/s")
        {
            ["a"] = new MemoryFile { ReadFault = "permission denied", HasLinks = true },
            ["b"] = MemoryFile.Of("") with { HardLink = new EntryPath("a") },
            ["c"] = MemoryFile.Of("fine"),
        });
        _target.Put("local/s/a", "still there");

        RestoreReport report = await RestoreAsync(temp, snapshot, Overwrite.Always);

        Assert.Equal(["local/s/a", "local/s/b"], report.Errors.Select(error => error.Path));
        Assert.All(
            report.Errors, error => Assert.Contains("permission denied", error.Message, StringComparison.Ordinal));
        Assert.Equal(["local/s/a", "local/s/c"], _target.Names);
        Assert.Equal("still there", _target["local/s/a"].ToString());
    }

    /// <summary>
    /// Small files, a large one whose first chunks are good, and a link: none may get its name with wrong bytes.
    /// </summary>
    [Fact]
    public async Task Damaged_content_is_reported_and_never_committed()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] large = new byte[3_000_000];
        new Random(1).NextBytes(large);
        Snapshot first =
            await temp.SnapshotAsync(new MemorySource("local/good") { ["f"] = MemoryFile.Of("untouched") });
        HashSet<string> before = [.. Packs(temp)];
        Snapshot snapshot = await temp.SnapshotAsync(
            new MemorySource("local/good") { ["f"] = MemoryFile.Of("untouched") },
            new MemorySource("local/s") { ["large"] = MemoryFile.Of(large) with { HasLinks = true }, ["second"] = MemoryFile.Of(large) with { HardLink = new EntryPath("large") } });
        string pack = Assert.Single(Packs(temp).Except(before), path => new FileInfo(path).Length > large.Length);
        byte[] whole = await File.ReadAllBytesAsync(pack);
        whole[^(whole.Length / 8)] ^= 1;
        await File.WriteAllBytesAsync(pack, whole);
        await temp.ReopenAsync();

        RestoreReport report = await RestoreAsync(temp, snapshot);

        Assert.True(report.Damaged);
        Assert.Equal(["local/s/large", "local/s/second"], report.Errors.Select(error => error.Path));
        Assert.Equal(["local/good/f"], _target.Names);
        Assert.Contains("create local/s/large", _target.Calls);
        Assert.Equal(1, report.Files);
        Assert.False((await RestoreAsync(temp, first)).Damaged);
    }

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    private static MemorySource Linked() => new("local/s")
    {
        ["a"] = MemoryFile.Of("linked") with { HasLinks = true },
        ["d/b"] = MemoryFile.Of("linked") with { HardLink = new EntryPath("a") },
        ["d/c"] = MemoryFile.Of("linked") with { HardLink = new EntryPath("a") },
    };

    private static string[] Packs(TempRepository temp) =>
        Directory.GetFiles(Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories);

    private Task<RestoreReport> RestoreAsync(
        TempRepository temp, Snapshot snapshot, Overwrite overwrite = Overwrite.Never, params string[] paths) =>
        temp.Store.RestoreAsync(
            new RestoreRequest { Snapshot = snapshot, Paths = paths, Overwrite = overwrite }, _target, null, default);
}
