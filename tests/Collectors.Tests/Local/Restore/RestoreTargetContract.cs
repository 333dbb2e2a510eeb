using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>What every folder that is restored into promises, by whatever calls it is done.</summary>
public abstract class RestoreTargetContract : IAsyncLifetime, IDisposable
{
    private protected static readonly CancellationToken None = Grounds.None;
    private protected static readonly FileTime Time = new(1_234_567_890, 123_456_700);
    private protected readonly Grounds Grounds = new();
    private protected readonly TargetNotes Notes = new();
    private IRestoreTarget? _target;

    private protected IRestoreTarget Target => _target ??= Make(Grounds.Target);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Target.DisposeAsync();
    }

    public void Dispose()
    {
        Grounds.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract IRestoreTarget Make(string folder);

    [Theory, InlineData(0), InlineData(1), InlineData(4096), InlineData(3_000_001)]
    public async Task A_file_comes_back_with_content_mode_and_time(int length)
    {
        byte[] content = Grounds.Random(1, length);
        Entry entry = Grounds.FileEntry("a", content, mode: 0x120, time: Time);

        await Grounds.RestoreAsync(Target, entry, content);

        Assert.Equal(content, await File.ReadAllBytesAsync(Grounds.At("a"), None));
        Assert.Equal("440 1234567890.123456700", Grounds.Stat("a", "%a %.9Y"));
        Assert.Equal(["a"], Grounds.Names());
        Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, entry, None));
    }

    [Fact]
    public async Task Writes_of_any_length_and_holes_come_out_in_order()
    {
        byte[] part = Grounds.Random(2, 70_000);
        Entry entry = Grounds.FileEntry("a", []);
        await using (IRestoreWriter writer = await Target.CreateFileAsync(entry.Path, entry, None))
        {
            await writer.SkipAsync(1 << 20, None);
            await writer.WriteAsync(part, None);
            await writer.SkipAsync(5 << 20, None);
            await writer.WriteAsync(part.AsMemory(0, 1), None);
            await writer.SkipAsync(2 << 20, None);
            await writer.CommitAsync(None);
        }

        byte[] expected = [.. new byte[1 << 20], .. part, .. new byte[5 << 20], part[0], .. new byte[2 << 20]];
        Assert.Equal(expected, await File.ReadAllBytesAsync(Grounds.At("a"), None));
        Assert.InRange(long.Parse(Grounds.Stat("a", "%b"), null) * 512, 1, 200_000);
    }

    [Fact]
    public async Task A_file_that_is_not_committed_leaves_no_trace_and_what_stood_there_stays()
    {
        await Grounds.RestoreAsync(Target, "a", [1]);
        await using (
            IRestoreWriter writer = await Target.CreateFileAsync(new EntryPath("a"), Grounds.FileEntry("a", [2]), None))
        {
            await writer.WriteAsync(new byte[] { 2 }, None);
        }

        Assert.Equal([1], await File.ReadAllBytesAsync(Grounds.At("a"), None));
        Assert.Equal(["a"], Grounds.Names());
    }

    [Fact]
    public async Task Until_the_commit_the_name_shows_what_stood_there_before()
    {
        await Grounds.RestoreAsync(Target, "a", [1]);
        await using IRestoreWriter writer =
            await Target.CreateFileAsync(new EntryPath("a"), Grounds.FileEntry("a", [2]), None);
        await writer.WriteAsync(new byte[] { 2 }, None);
        Assert.Equal([1], await File.ReadAllBytesAsync(Grounds.At("a"), None));

        await writer.CommitAsync(None);
        Assert.Equal([2], await File.ReadAllBytesAsync(Grounds.At("a"), None));
    }

    [Fact]
    public async Task Missing_folders_above_are_made()
    {
        await Grounds.RestoreAsync(Target, "a/b/c", [1]);
        await Target.MakeAsync(new EntryPath("d/e/"), Grounds.Folder("d/e/"), None);
        await Target.MakeAsync(new EntryPath("f/l"), Grounds.Symlink("f/l", "x"), None);

        Assert.Equal(["a/", "a/b/", "a/b/c", "d/", "d/e/", "f/", "f/l"], Grounds.Names());
    }

    [Fact]
    public async Task A_folder_gets_mode_and_time_after_what_is_in_it()
    {
        Entry folder = Grounds.Folder("a/", mode: 0x140, time: Time);
        await Target.MakeAsync(folder.Path, folder, None);
        await Grounds.RestoreAsync(Target, "a/b", [1]);
        await Target.SetAttributesAsync(folder.Path, folder, None);

        Assert.Equal("500 1234567890.123456700", Grounds.Stat("a", "%a %.9Y"));
        Assert.Equal(TargetState.Same, await Target.InspectAsync(folder.Path, folder, None));
    }

    [Fact]
    public async Task A_folder_that_is_there_already_is_no_error_and_keeps_what_is_in_it()
    {
        await Grounds.RestoreAsync(Target, "a/b", [1]);
        await Target.MakeAsync(new EntryPath("a/"), Grounds.Folder("a/"), None);

        Assert.Equal(["a/", "a/b"], Grounds.Names());
    }

    [Fact]
    public async Task A_link_comes_back_wherever_it_leads()
    {
        foreach (string to in new[] { "nowhere", "../../etc", "/etc/passwd", ".", "ünicode" })
        {
            Entry entry = Grounds.Symlink("l", to);
            await Target.MakeAsync(entry.Path, entry, None);

            Assert.Equal(to, new FileInfo(Grounds.At("l")).LinkTarget);
            Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, entry, None));
        }

        Assert.Equal(["l"], Grounds.Names());
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_never_replaced()
    {
        await Grounds.RestoreAsync(Target, "a/b", [1]);

        await Assert.ThrowsAnyAsync<IOException>(() => Grounds.RestoreAsync(Target, "a", [2]));
        await Assert.ThrowsAnyAsync<IOException>(
            () => Target.MakeAsync(new EntryPath("a"), Grounds.Symlink("a", "x"), None).AsTask());
        Assert.Equal(["a/", "a/b"], Grounds.Names());
    }

    [Fact]
    public async Task Every_kind_replaces_every_other()
    {
        async Task File() => await Grounds.RestoreAsync(Target, "a", [2]);
        async Task Link() => await Target.MakeAsync(new EntryPath("a"), Grounds.Symlink("a", "x"), None);
        async Task Folder() => await Target.MakeAsync(new EntryPath("a/"), Grounds.Folder("a/"), None);
        (Func<Task> Make, string Kind)[] kinds =
            [(File, "regular file"), (Link, "symbolic link"), (Folder, "directory")];
        foreach ((Func<Task> before, _) in kinds)
        {
            foreach ((Func<Task> after, string kind) in kinds)
            {
                await before();
                await after();
                Assert.Equal(kind, Grounds.Stat("a", "%F"));
            }
        }
    }

    [Fact]
    public async Task What_stands_there_is_told_apart()
    {
        byte[] content = Grounds.Random(3, 300_000);
        Entry entry = Grounds.FileEntry("d/a", content, time: Time);
        EntryPath path = entry.Path;
        async Task<TargetState> Inspect(Entry other) => await Target.InspectAsync(path, other, None);

        Assert.Equal(TargetState.Absent, await Inspect(entry));
        Assert.False(Directory.Exists(Grounds.Target));
        await Grounds.RestoreAsync(Target, entry, content);
        Assert.Equal(TargetState.Same, await Inspect(entry));
        Assert.Equal(TargetState.AttributesDiffer, await Inspect(entry with { Mode = 0x180 }));
        Assert.Equal(
            TargetState.AttributesDiffer, await Inspect(entry with { ModifiedTime = Time with { Seconds = 1 } }));
        Assert.Equal(TargetState.Same, await Inspect(entry with { Mode = null, ModifiedTime = null }));
        Assert.Equal(TargetState.Differs, await Inspect(entry with { Size = 299_999 }));
        Assert.Equal(TargetState.Differs, await Inspect(entry with { Digest = default(Digest) }));
        Assert.Equal(TargetState.Differs, await Inspect(entry with { Digest = null }));
        Assert.Equal(TargetState.Differs, await Inspect(Grounds.Symlink("d/a", "x")));
        Assert.Equal(TargetState.Differs, await Inspect(entry with { Kind = EntryKind.Folder }));
        Assert.Equal(TargetState.Absent, await Target.InspectAsync(new EntryPath("d/a/below"), entry, None));

        await Target.MakeAsync(path, Grounds.Symlink("d/a", "x"), None);
        Assert.Equal(TargetState.Differs, await Inspect(entry));
        Assert.Equal(TargetState.Differs, await Inspect(Grounds.Symlink("d/a", "y")));
    }

    [Fact]
    public async Task Attributes_are_set_without_touching_the_content()
    {
        Entry entry = Grounds.FileEntry("a", [1, 2]);
        await Grounds.RestoreAsync(Target, entry, [1, 2]);
        string inode = Grounds.Stat("a", "%i");
        entry = entry with { Mode = 0x1B6, ModifiedTime = Time };
        await Target.SetAttributesAsync(entry.Path, entry, None);

        Assert.Equal($"666 1234567890.123456700 {inode}", Grounds.Stat("a", "%a %.9Y %i"));
        Assert.Equal([1, 2], await File.ReadAllBytesAsync(Grounds.At("a"), None));
    }

    [Fact]
    public async Task Hard_links_have_the_content_of_the_first_name()
    {
        await Grounds.RestoreAsync(Target, "a/b", [1, 2]);
        await Grounds.RestoreAsync(Target, "d", [3]);
        Entry entry = Grounds.FileEntry("c", [1, 2]) with { HardLink = new EntryPath("a/b") };
        foreach (string path in new[] { "c", "d", "a/e", "c" })
        {
            await Target.LinkAsync(new EntryPath(path), new EntryPath("a/b"), entry, None);
            Assert.Equal([1, 2], await File.ReadAllBytesAsync(Grounds.At(path), None));
        }

        Assert.Equal(["a/", "a/b", "a/e", "c", "d"], Grounds.Names());
        await Assert.ThrowsAnyAsync<IOException>(
            () => Target.LinkAsync(new EntryPath("x"), new EntryPath("missing"), entry, None).AsTask());
    }

    [Fact]
    public async Task A_listing_has_each_folder_after_what_is_in_it_and_follows_no_link()
    {
        foreach (string path in new[] { "b/x", "b/y/z", "a", "b-", "c/q" })
        {
            await Grounds.RestoreAsync(Target, path, [1]);
        }

        await Target.MakeAsync(new EntryPath("l"), Grounds.Symlink("l", Grounds.Outside), None);
        async Task<string[]> List(string path) => [.. (await Target.ListAsync(new EntryPath(path), None).ToListAsync(None))
            .Select(found => found.ToString())];

        Assert.Equal(["a", "b/x", "b/y/z", "b/y/", "b/", "b-", "c/q", "c/", "l"], await List(""));
        Assert.Equal(["b/x", "b/y/z", "b/y/", "b/"], await List("b/"));
        Assert.Equal(["b/x", "b/y/z", "b/y/", "b/"], await List("b"));
        Assert.Equal(["a"], await List("a"));
        Assert.Equal(["l"], await List("l"));
        Assert.Equal(["l"], await List("l/"));
        Assert.Empty(await List("l/kept"));
        Assert.Empty(await List("missing/x"));
    }

    [Fact]
    public async Task All_that_is_listed_can_be_removed_in_that_order()
    {
        string outside = Grounds.OutsideState();
        await Grounds.RestoreAsync(Target, "b/y/z", [1]);
        await Target.MakeAsync(new EntryPath("b/l"), Grounds.Symlink("b/l", Grounds.Outside), None);
        await Assert.ThrowsAnyAsync<IOException>(() => Target.DeleteAsync(new EntryPath("b/"), None).AsTask());
        await Assert.ThrowsAnyAsync<IOException>(() => Target.DeleteAsync(new EntryPath(""), None).AsTask());

        await foreach (EntryPath path in Target.ListAsync(new EntryPath("b"), None))
        {
            await Target.DeleteAsync(path, None);
        }

        Assert.Equal([], Grounds.Names());
        Assert.Equal(outside, Grounds.OutsideState());
    }

    [Fact]
    public async Task Files_are_written_from_many_tasks_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
        {
            for (int i = task; i < 2000; i += 8)
            {
                byte[] content = Grounds.Random(i, i % 500);
                await Grounds.RestoreAsync(Target, $"d{i % 7}/e{i % 11}/f{i}", content);
            }
        })));

        Assert.Equal(2000, Grounds.Names().Count(name => name[^1] != '/'));
        for (int i = 0; i < 2000; i += 37)
        {
            Assert.Equal(
                Grounds.Random(i, i % 500), await File.ReadAllBytesAsync(Grounds.At($"d{i % 7}/e{i % 11}/f{i}"), None));
        }
    }

    [Fact]
    public async Task The_target_itself_may_be_reached_through_a_link()
    {
        Directory.CreateDirectory(Grounds.At("real"));
        File.CreateSymbolicLink(Grounds.At("link"), Grounds.At("real"));
        await using IRestoreTarget target = Make(Grounds.At("link"));
        await Grounds.RestoreAsync(target, "a/b", [1]);

        Assert.True(File.Exists(Grounds.At("real/a/b")));
    }
}
