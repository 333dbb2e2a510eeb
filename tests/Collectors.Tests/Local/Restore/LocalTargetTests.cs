using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>What a folder on Linux can hold beyond what every system can.</summary>
public sealed class LocalTargetTests : HostileTargetContract
{
    private protected override IRestoreTarget Make(string folder) => new LocalTarget(folder, new LocalTargetOptions());

    [Fact]
    public async Task A_file_can_be_put_on_the_disk_before_it_gets_its_name()
    {
        await using var target = new LocalTarget(Grounds.Target, new LocalTargetOptions { Durable = true });
        await Grounds.RestoreAsync(target, "a", [1]);

        Assert.Equal([1], await File.ReadAllBytesAsync(Grounds.At("a"), None));
    }

    /// <summary>
    /// So nothing is left of it when the process is killed. Judged by Python's O_TMPFILE in the same folder.
    /// </summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_has_no_name_until_it_is_whole(bool stands)
    {
        string[] before = stands ? ["a"] : [];
        if (stands)
        {
            await Grounds.RestoreAsync(Target, "a", [0]);
        }

        await using IRestoreWriter writer =
            await Target.CreateFileAsync(new EntryPath("a"), Grounds.FileEntry("a", [1]), None);
        await writer.WriteAsync(new byte[] { 1 }, None);
        string can = Grounds.Run(
            "python3", "-c", "import os, sys\ntry: os.open(sys.argv[1], os.O_TMPFILE | os.O_WRONLY); print(end='yes')\nexcept OSError: pass", Grounds.Target);
        if (can == "yes")
        {
            Assert.Equal(before, Grounds.Names());
        }

        await writer.CommitAsync(None);
        Assert.Equal([1], await File.ReadAllBytesAsync(Grounds.At("a"), None));
        Assert.Equal(["a"], Grounds.Names());
    }

    [Fact]
    public async Task Pipes_and_sockets_come_back_and_are_never_opened()
    {
        foreach ((EntryKind kind, string shown) in new[] { (EntryKind.Pipe, "fifo"), (EntryKind.Socket, "socket") })
        {
            Entry entry = new() { Path = new EntryPath("p"), Kind = kind, Mode = 0x1A0, ModifiedTime = Time };
            await Target.MakeAsync(entry.Path, entry, None);

            Assert.Equal($"{shown} 640 1234567890", Grounds.Stat("p", "%F %a %Y"));
            Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, entry, None));
            Assert.Equal(TargetState.Differs, await Target.InspectAsync(entry.Path, Grounds.FileEntry("p", []), None));
        }

        await Grounds.RestoreAsync(Target, "p", [1]);
        Assert.Equal(["p"], Grounds.Names());
    }

    [Theory]
    [InlineData(EntryKind.CharacterDevice, 1u, 3u, "character special file 1:3")]
    [InlineData(EntryKind.BlockDevice, 259u, 70_000u, "block special file 103:11170")]
    public async Task Devices_come_back_when_root_restores(EntryKind kind, uint major, uint minor, string shown)
    {
        Entry entry = new()
        {
            Path = new EntryPath("d"), Kind = kind, Mode = 0x1B6, Device = new DeviceNumber(major, minor),
        };
        if (!Grounds.IsRoot)
        {
            var refused =
                await Assert.ThrowsAsync<IOException>(() => Target.MakeAsync(entry.Path, entry, None).AsTask());
            Assert.Contains("only root may", refused.Message, StringComparison.Ordinal);
            return;
        }

        await Target.MakeAsync(entry.Path, entry, None);
        Assert.Equal(shown, Grounds.Stat("d", "%F %t:%T"));
        Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, entry, None));
        Entry other = entry with { Device = new DeviceNumber(major, minor + 1) };
        Assert.Equal(TargetState.Differs, await Target.InspectAsync(entry.Path, other, None));
        Entry impossible = entry with { Device = new DeviceNumber(1 << 12, 0) };
        await Assert.ThrowsAsync<IOException>(() => Target.MakeAsync(entry.Path, impossible, None).AsTask());
    }

    [Fact]
    public async Task Names_are_bytes_all_the_way()
    {
        byte[] name = [0xFF, 0xFE, (byte)'\n', 0xC3];
        var path = new EntryPath([.. name, (byte)'/', .. name]);
        await Grounds.RestoreAsync(Target, Grounds.FileEntry("a", [1]) with { Path = path }, [1]);
        Entry link = new() { Path = new EntryPath("l"), Kind = EntryKind.Symlink, LinkTarget = name };
        await Target.MakeAsync(link.Path, link, None);

        Assert.Equal(
            "\u00FF\u00FE\n\u00C3/\u00FF\u00FE\n\u00C3",
            Grounds.Run("find", Grounds.Target, "-type", "f", "-printf", "%P"));
        Assert.Equal("\u00FF\u00FE\n\u00C3", Grounds.Run("readlink", "-n", Grounds.At("l")));
        Assert.Equal(path, (await Target.ListAsync(new EntryPath(""), None).ToListAsync(None))[1]);
        Assert.Equal(TargetState.Same, await Target.InspectAsync(link.Path, link, None));
    }

    [Fact]
    public async Task Names_of_255_bytes_and_paths_beyond_the_kernels_limit_come_back()
    {
        string path = string.Join('/', Enumerable.Repeat(new string('n', 255), 40));
        await Grounds.RestoreAsync(Target, path, [1]);

        Assert.Equal(
            TargetState.Same, await Target.InspectAsync(new EntryPath(path), Grounds.FileEntry(path, [1]), None));
        List<EntryPath> all = await Target.ListAsync(new EntryPath(""), None).ToListAsync(None);
        Assert.Equal(new EntryPath(path), all[0]);
        Assert.Equal(40, all.Count);
        foreach (EntryPath found in all)
        {
            await Target.DeleteAsync(found, None);
        }

        Assert.Equal([], Grounds.Names());
    }

    [Fact]
    public async Task Hard_links_are_one_file_and_told_from_copies()
    {
        Entry first = Grounds.FileEntry("d/a", [1], time: Time);
        Entry second = Grounds.FileEntry("d/b", [1], time: Time) with { HardLink = new EntryPath("d/a") };
        await Grounds.RestoreAsync(Target, first with { Path = new EntryPath("to/d/a") }, [1]);
        await Grounds.RestoreAsync(Target, second with { Path = new EntryPath("to/d/b") }, [1]);
        var at = new EntryPath("to/d/b");
        Assert.Equal(TargetState.Differs, await Target.InspectAsync(at, second, None));

        await Target.LinkAsync(at, new EntryPath("to/d/a"), second, None);
        Assert.Equal(TargetState.Same, await Target.InspectAsync(at, second, None));
        Assert.Equal(Grounds.Stat("to/d/a", "%i 2"), Grounds.Stat("to/d/b", "%i %h"));
        await Target.LinkAsync(at, new EntryPath("to/d/a"), second, None);
        Assert.Equal(["to/", "to/d/", "to/d/a", "to/d/b"], Grounds.Names());
    }

    [Fact]
    public async Task Attributes_of_a_file_that_has_a_name_outside_are_not_set_in_place()
    {
        Directory.CreateDirectory(Grounds.Target);
        Grounds.Run("ln", Path.Combine(Grounds.Outside, "kept"), Grounds.At("a"));
        string outside = Grounds.OutsideState();
        Entry entry = Grounds.FileEntry("a", Grounds.Bytes("kept"), mode: 0x1FF);

        Assert.Equal(TargetState.Differs, await Target.InspectAsync(entry.Path, entry, None));
        await Assert.ThrowsAsync<IOException>(() => Target.SetAttributesAsync(entry.Path, entry, None).AsTask());
        Assert.Equal(outside, Grounds.OutsideState());
    }

    /// <summary>
    /// The writer holds the folder that was checked; what takes the folder's name meanwhile gets nothing.
    /// </summary>
    [Fact]
    public async Task A_link_that_comes_while_a_file_is_written_gets_nothing()
    {
        await using IRestoreWriter writer =
            await Target.CreateFileAsync(new EntryPath("a/b"), Grounds.FileEntry("a/b", [1]), None);
        Directory.Move(Grounds.At("a"), Grounds.At("moved"));
        Directory.CreateSymbolicLink(Grounds.At("a"), Grounds.Outside);
        string outside = Grounds.OutsideState();
        await writer.CommitAsync(None);

        Assert.Equal(outside, Grounds.OutsideState());
        Assert.Equal(["a", "moved/", "moved/b"], Grounds.Names());
    }

    [Fact]
    public async Task A_link_without_a_possible_target_is_refused()
    {
        foreach (byte[]? to in new byte[]?[] { null, [], [(byte)'a', 0], new byte[5000] })
        {
            Entry link = new() { Path = new EntryPath("l"), Kind = EntryKind.Symlink, LinkTarget = to };
            await Assert.ThrowsAsync<IOException>(() => Target.MakeAsync(link.Path, link, None).AsTask());
        }

        Assert.Equal([], Grounds.Names());
    }
}
