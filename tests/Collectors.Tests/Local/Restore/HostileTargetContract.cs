using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>
/// Whatever a repository says and whatever stands in the target: nothing outside is made, changed or removed.
/// </summary>
public abstract class HostileTargetContract : RestoreTargetContract
{
    [Theory]
    [InlineData("../outside/x")]
    [InlineData("a/../../outside/x")]
    [InlineData("/tmp/x")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/.")]
    [InlineData("..")]
    [InlineData("x\0y")]
    public async Task A_path_that_would_leave_the_target_is_refused_by_every_call(string text)
    {
        string outside = Grounds.OutsideState();
        foreach (string ending in new[] { "", "/" })
        {
            foreach (Func<Task> call in Calls(new EntryPath(text + ending)))
            {
                await Assert.ThrowsAsync<IOException>(call);
            }
        }

        Assert.Equal([], Grounds.Names());
        Assert.Equal(outside, Grounds.OutsideState());
    }

    [Theory, InlineData("a", 1), InlineData("a", 2), InlineData("d/a", 1), InlineData("d/a", 2)]
    public async Task A_folder_that_became_a_link_is_not_followed(string folder, int depth)
    {
        await Grounds.RestoreAsync(Target, $"{folder}/before", [1]);
        Directory.Delete(Grounds.At(folder), recursive: true);
        Directory.CreateSymbolicLink(Grounds.At(folder), Grounds.Outside);
        string outside = Grounds.OutsideState();
        string below = depth == 1 ? $"{folder}/kept" : $"{folder}/made/kept";

        await Grounds.RestoreAsync(Target, "first", [1]);
        Assert.Equal(
            TargetState.Absent, await Target.InspectAsync(new EntryPath(below), Grounds.FileEntry(below, [1]), None));
        await Assert.ThrowsAsync<IOException>(() => Grounds.RestoreAsync(Target, below, [1]));
        await Assert.ThrowsAsync<IOException>(
            () => Target.MakeAsync(new EntryPath(below), Grounds.Symlink(below, "x"), None).AsTask());
        await Assert.ThrowsAsync<IOException>(
            () => Target.MakeAsync(new EntryPath(below + "/"), Grounds.Folder(below + "/"), None).AsTask());
        await Assert.ThrowsAsync<IOException>(
            () => Target.LinkAsync(new EntryPath(below), new EntryPath("first"), Grounds.FileEntry(below, [1]), None).AsTask());
        await Assert.ThrowsAsync<IOException>(
            () => Target.LinkAsync(new EntryPath("second"), new EntryPath(below), Grounds.FileEntry(below, [1]), None).AsTask());
        await Assert.ThrowsAsync<IOException>(
            () => Target.SetAttributesAsync(new EntryPath(below), Grounds.FileEntry(below, [1]), None).AsTask());
        Assert.Empty(await Target.ListAsync(new EntryPath(below), None).ToListAsync(None));
        try
        {
            await Target.DeleteAsync(new EntryPath(below), None);
        }
        catch (IOException)
        {
        }

        Assert.Equal(outside, Grounds.OutsideState());
        Assert.DoesNotContain("second", Grounds.Names());
    }

    /// <summary>Were the folder kept open, what belongs below it would go along with it.</summary>
    [Fact]
    public async Task A_folder_that_was_moved_out_gets_nothing_more()
    {
        await Grounds.RestoreAsync(Target, "a/before", [1]);
        Directory.Move(Grounds.At("a"), Path.Combine(Grounds.Outside, "a"));
        string outside = Grounds.OutsideState();
        await Grounds.RestoreAsync(Target, "a/after", [1]);
        Directory.Delete(Grounds.At("a"), recursive: true);
        Directory.CreateSymbolicLink(Grounds.At("a"), Path.Combine(Grounds.Outside, "a"));

        await Assert.ThrowsAsync<IOException>(() => Grounds.RestoreAsync(Target, "a/after", [1]));
        Assert.Equal(outside, Grounds.OutsideState());
    }

    [Fact]
    public async Task A_link_where_a_folder_belongs_is_replaced_by_the_folder()
    {
        Directory.CreateDirectory(Grounds.Target);
        Directory.CreateSymbolicLink(Grounds.At("a"), Grounds.Outside);
        string outside = Grounds.OutsideState();
        Entry folder = Grounds.Folder("a/", time: Time);

        Assert.Equal(TargetState.Differs, await Target.InspectAsync(folder.Path, folder, None));
        await Assert.ThrowsAsync<IOException>(() => Target.SetAttributesAsync(folder.Path, folder, None).AsTask());
        await Target.MakeAsync(folder.Path, folder, None);
        await Grounds.RestoreAsync(Target, "a/kept", [1]);

        Assert.Equal(["a/", "a/kept"], Grounds.Names());
        Assert.Equal(outside, Grounds.OutsideState());
    }

    [Theory, InlineData("kept"), InlineData("missing"), InlineData("")]
    public async Task A_link_where_a_file_belongs_is_replaced_and_not_followed(string to)
    {
        Directory.CreateDirectory(Grounds.Target);
        File.CreateSymbolicLink(Grounds.At("a"), Path.Combine(Grounds.Outside, to));
        string outside = Grounds.OutsideState();
        Entry entry = Grounds.FileEntry("a", [1], time: Time);

        Assert.Equal(TargetState.Differs, await Target.InspectAsync(entry.Path, entry, None));
        await Assert.ThrowsAsync<IOException>(() => Target.SetAttributesAsync(entry.Path, entry, None).AsTask());
        await Grounds.RestoreAsync(Target, entry, [1]);

        Assert.Equal("regular file", Grounds.Stat("a", "%F"));
        Assert.Equal(outside, Grounds.OutsideState());
    }

    [Fact]
    public async Task A_link_gets_its_attributes_itself_and_not_what_it_leads_to()
    {
        Entry entry =
            Grounds.Symlink("l", Path.Combine(Grounds.Outside, "kept")) with { Mode = 0x1FF, ModifiedTime = Time };
        string outside = Grounds.OutsideState();
        await Target.MakeAsync(entry.Path, entry, None);
        await Target.SetAttributesAsync(entry.Path, entry, None);

        Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, entry, None));
        Assert.Equal(outside, Grounds.OutsideState());
    }

    [Fact]
    public async Task A_file_that_has_a_name_outside_is_replaced_and_not_written_into()
    {
        Directory.CreateDirectory(Grounds.Target);
        Grounds.Run("ln", Path.Combine(Grounds.Outside, "kept"), Grounds.At("a"));
        Entry entry = Grounds.FileEntry("a", [1]);
        await Grounds.RestoreAsync(Target, entry, [1]);

        Assert.Equal([1], await File.ReadAllBytesAsync(Grounds.At("a"), None));
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(Grounds.Outside, "kept"), None));
    }

    [Fact]
    public async Task A_removed_link_leaves_what_it_leads_to()
    {
        Directory.CreateDirectory(Grounds.Target);
        Directory.CreateSymbolicLink(Grounds.At("a"), Grounds.Outside);
        string outside = Grounds.OutsideState();
        try
        {
            await Target.DeleteAsync(new EntryPath("a/"), None);
        }
        catch (IOException)
        {
        }

        await Target.DeleteAsync(new EntryPath("a"), None);
        Assert.Equal([], Grounds.Names());
        Assert.Equal(outside, Grounds.OutsideState());
    }

    /// <summary>Random calls with random paths, over a target that is full of links to the outside.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task No_row_of_calls_touches_the_outside(int seed)
    {
        var random = new Random(seed);
        string[] names = ["a", "b", "out", "..", ".", "", "kept", "a\0"];
        string outside = Grounds.OutsideState();
        Directory.CreateDirectory(Grounds.Target);
        int done = 0;
        for (int round = 0; round < 400; round++)
        {
            IEnumerable<string> parts =
                Enumerable.Range(0, random.Next(1, 4)).Select(_ => names[random.Next(random.Next(1, 9))]);
            var path = new EntryPath(string.Join('/', parts) + (random.Next(4) == 0 ? "/" : ""));
            Func<Task>[] calls = Calls(path);
            try
            {
                if (random.Next(5) == 0)
                {
                    await Target.MakeAsync(new EntryPath("out"), Grounds.Symlink("out", "../outside"), None);
                }

                await calls[random.Next(calls.Length)]();
                done++;
            }
            catch (IOException)
            {
            }
        }

        Assert.InRange(done, 50, 399);
        Assert.Equal(outside, Grounds.OutsideState());
    }

    private Func<Task>[] Calls(EntryPath path)
    {
        Entry file = Grounds.FileEntry("x", [7], mode: 0x1FF, time: Time);
        var free = new EntryPath("free");
        return
        [
            () => Grounds.RestoreAsync(Target, file with { Path = path }, [7]),
            () => Target.InspectAsync(path, file, None).AsTask(),
            () => Target.MakeAsync(path, Grounds.Symlink("x", "../outside"), None).AsTask(),
            () => Target.MakeAsync(path, Grounds.Folder("x/"), None).AsTask(),
            () => Target.SetAttributesAsync(path, file, None).AsTask(),
            () => Target.SetAttributesAsync(path, Grounds.Folder("x/", mode: 0x1FF, time: Time), None).AsTask(),
            () => Target.LinkAsync(path, free, file, None).AsTask(),
            () => Target.LinkAsync(free, path, file, None).AsTask(),
            () => Target.DeleteAsync(path, None).AsTask(),
            () => Target.ListAsync(path, None).ToListAsync(None).AsTask(),
        ];
    }
}
