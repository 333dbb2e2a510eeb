using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>
/// What every folder that is restored into promises of the repository that lies in it, or that it lies in.
/// </summary>
public abstract class LeftOutContract : IDisposable
{
    private protected static readonly CancellationToken None = Grounds.None;
    private protected readonly Grounds Grounds = new();
    private protected readonly TargetNotes Notes = new();

    protected LeftOutContract()
    {
        Directory.CreateDirectory(Grounds.At("d/repo/packs"));
        Directory.CreateDirectory(Grounds.At("d/other"));
        Directory.CreateDirectory(Grounds.At("repo"));
        File.WriteAllText(Grounds.At("d/repo/config"), "kept");
        File.WriteAllText(Grounds.At("d/repo/packs/a"), "kept");
        File.WriteAllText(Grounds.At("d/other/b"), "");
        File.WriteAllText(Grounds.At("d/repo2"), "");
    }

    private protected string Repository => Grounds.At("d/repo");

    public void Dispose()
    {
        Grounds.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract IRestoreTarget Make(string folder, LocalTargetOptions options);

    private protected IRestoreTarget Make(string folder, string leaveOut) =>
        Make(folder, new LocalTargetOptions { LeaveOut = [leaveOut] });

    [Fact]
    public async Task The_repository_and_what_it_lies_in_are_not_listed()
    {
        await using IRestoreTarget target = Make(Grounds.Target, Repository);

        Assert.Equal(["d/other/b", "d/other/", "d/repo2", "repo/"], await ListAsync(target, ""));
        Assert.Equal(["d/other/b", "d/other/", "d/repo2"], await ListAsync(target, "d/"));
        foreach (string path in new[] { "d/repo", "d/repo/", "d/repo/config", "d/repo/packs/", "d/repo/packs/a" })
        {
            Assert.Empty(await ListAsync(target, path));
        }
    }

    [Fact]
    public async Task All_else_can_be_removed_and_the_repository_stays()
    {
        await using IRestoreTarget target = Make(Grounds.Target, Repository);
        foreach (EntryPath path in await target.ListAsync(new EntryPath(""), None).ToListAsync(None))
        {
            await target.DeleteAsync(path, None);
        }

        Assert.Equal(["d/", "d/repo/", "d/repo/config", "d/repo/packs/", "d/repo/packs/a"], Grounds.Names());
    }

    [Theory]
    [InlineData("d/repo")]
    [InlineData("d/repo/config")]
    [InlineData("d/repo/new")]
    [InlineData("d/repo/packs/a")]
    [InlineData("d/repo/new/far/below")]
    public async Task Whatever_would_change_something_in_the_repository_is_refused(string path)
    {
        await using IRestoreTarget target = Make(Grounds.Target, Repository);

        await AssertNothingChangesAsync(target, path);
    }

    [Fact]
    public async Task Beside_the_repository_everything_goes_on()
    {
        await using IRestoreTarget target = Make(Grounds.Target, Repository);
        foreach (string path in new[] { "d/repo2", "d/repo3/a/b", "repo/config", "d/rep", "d/other/b" })
        {
            await Grounds.RestoreAsync(target, path, [1]);
            await target.SetAttributesAsync(new EntryPath(path), Grounds.FileEntry(path, [1], mode: 0x180), None);
            Assert.Equal("600", Grounds.Stat(path, "%a"));
            await target.LinkAsync(new EntryPath("l"), new EntryPath(path), Grounds.FileEntry("l", [1]), None);
        }

        await target.MakeAsync(new EntryPath("d/"), Grounds.Folder("d/"), None);
        await target.SetAttributesAsync(new EntryPath("d/"), Grounds.Folder("d/", mode: 0x1C0), None);
        Assert.Equal("700", Grounds.Stat("d", "%a"));
    }

    [Fact]
    public async Task A_target_that_is_reached_through_a_link_holds_the_repository_all_the_same()
    {
        string link = Path.Combine(Grounds.Outside, "link");
        Directory.CreateSymbolicLink(link, Path.Combine("..", "target"));
        await using IRestoreTarget target = Make(link, Repository);

        Assert.Equal(["d/other/b", "d/other/", "d/repo2", "repo/"], await ListAsync(target, ""));
        await AssertNothingChangesAsync(target, "d/repo/config");
    }

    [Fact]
    public async Task A_repository_that_is_named_through_a_link_is_left_out()
    {
        Directory.CreateSymbolicLink(Grounds.At("d/other/link"), Path.Combine("..", "..", "d", "repo"));
        Directory.CreateSymbolicLink(Path.Combine(Grounds.Outside, "way"), Grounds.At("d/other"));
        string through = Path.Combine(Grounds.Outside, "way", "link");
        foreach (string name in new[] { through, through + "/", Path.Combine(Grounds.Target, "repo", "..", "d", "repo") })
        {
            await using IRestoreTarget target = Make(Grounds.Target + "/", name);
            await AssertNothingChangesAsync(target, "d/repo/config");
            Assert.Equal(["d/other/b", "d/other/link", "d/other/", "d/repo2", "repo/"], await ListAsync(target, ""));
        }
    }

    [Theory]
    [InlineData("d/repo")]
    [InlineData("d/repo/packs")]
    [InlineData("d/repo/new/below")]
    public async Task A_target_in_the_repository_is_neither_made_nor_touched(string folder)
    {
        await using IRestoreTarget target = Make(Grounds.At(folder), Repository);

        Assert.Empty(await ListAsync(target, ""));
        await AssertNothingChangesAsync(target, "");
        await AssertNothingChangesAsync(target, "a");
        await AssertNothingChangesAsync(target, "new/a");
    }

    [Fact]
    public async Task A_repository_elsewhere_or_nowhere_is_no_hindrance()
    {
        var options = new LocalTargetOptions { LeaveOut = [Grounds.Outside, Grounds.At("missing")] };
        await using IRestoreTarget target = Make(Grounds.At("new/target"), options);
        await Grounds.RestoreAsync(target, "a/b", [1]);

        Assert.Equal(["a/b", "a/"], await ListAsync(target, ""));
    }

    private protected async Task AssertNothingChangesAsync(IRestoreTarget target, string text)
    {
        var path = new EntryPath(text);
        var folder = new EntryPath(text.Length == 0 ? "" : text + "/");
        string before = State();
        if (text.Length > 0)
        {
            await RefusedAsync(() => target.CreateFileAsync(path, Grounds.FileEntry(text, []), None).AsTask());
            await RefusedAsync(() => target.MakeAsync(path, Grounds.Symlink(text, "x"), None).AsTask());
            await RefusedAsync(() => target.DeleteAsync(path, None).AsTask());
            await RefusedAsync(() => target.DeleteAsync(folder, None).AsTask());
            await RefusedAsync(
                () => target.LinkAsync(path, new EntryPath("d/other/b"), Grounds.FileEntry(text, []), None).AsTask());
            await RefusedAsync(
                () => target.LinkAsync(new EntryPath("l"), path, Grounds.FileEntry("l", []), None).AsTask());
            await RefusedAsync(() => target.SetAttributesAsync(path, Grounds.FileEntry(text, []), None).AsTask());
        }

        await RefusedAsync(() => target.MakeAsync(folder, Grounds.Folder(text), None).AsTask());
        await RefusedAsync(() => target.SetAttributesAsync(folder, Grounds.Folder(text), None).AsTask());
        Assert.Equal(before, State());
    }

    private protected static async Task<string[]> ListAsync(IRestoreTarget target, string path) =>
        [.. (await target.ListAsync(new EntryPath(path), None).ToListAsync(None)).Select(found => found.ToString())];

    private string State() => Grounds.Run("find", Grounds.Target, "-printf", "%P %y %m %i %n %T@ %C@ %s\n");

    private static async Task RefusedAsync(Func<Task> change)
    {
        var refused = await Assert.ThrowsAsync<IOException>(change);
        Assert.Equal("lies in the repository, which a restore never touches", refused.Message);
    }
}
