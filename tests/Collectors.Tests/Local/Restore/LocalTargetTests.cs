using System.Buffers.Binary;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>What a folder on Linux can hold beyond what every system can.</summary>
public sealed class LocalTargetTests : HostileTargetContract
{
    private protected override IRestoreTarget Make(string folder) => new LocalTarget(folder, new LocalTargetOptions());

    [Fact]
    public async Task Times_come_back_to_the_nanosecond_and_from_before_1970()
    {
        foreach (FileTime time in new FileTime[] { new(1_700_000_000, 123_456_789), new(-5, 1), new(0, 999_999_999), new(4_000_000_000, 0) })
        {
            Entry file = Grounds.FileEntry("a", [1], time: time);
            Entry link = Grounds.Symlink("l", "x") with { ModifiedTime = time };
            await Grounds.RestoreAsync(Target, file, [1]);
            await Target.MakeAsync(link.Path, link, None);

            Assert.Equal(TargetState.Same, await Target.InspectAsync(file.Path, file, None));
            Assert.Equal(TargetState.Same, await Target.InspectAsync(link.Path, link, None));
            decimal seconds = time.Seconds + (time.Nanoseconds / 1e9m);
            Assert.Equal(seconds, decimal.Parse(Grounds.Stat("a", "%.9Y"), null));
            Assert.Equal(seconds, decimal.Parse(Grounds.Stat("l", "%.9Y"), null));
        }
    }

    [Theory, InlineData(0xDEDu, "6755"), InlineData(0x9C0u, "4700"), InlineData(0x000u, "0"), InlineData(0x3FFu, "1777")]
    public async Task Setuid_setgid_and_sticky_come_back(uint mode, string shown)
    {
        Entry file = Grounds.FileEntry("a", [1], mode: mode);
        Entry folder = Grounds.Folder("d/", mode: mode);
        await Grounds.RestoreAsync(Target, file, [1]);
        await Target.MakeAsync(folder.Path, folder, None);
        await Target.SetAttributesAsync(folder.Path, folder, None);

        Assert.Equal(shown, Grounds.Stat("a", "%a"));
        Assert.Equal(shown, Grounds.Stat("d", "%a"));
    }

    [Fact]
    public async Task Owners_come_back_when_root_restores_and_setuid_with_them()
    {
        Entry file = Grounds.FileEntry("a", [1], mode: 0x9ED) with { Owner = new Owner(1234, 4321) };
        Entry link = Grounds.Symlink("l", "x") with { Owner = new Owner(1234, 4321) };
        Entry folder = Grounds.Folder("d/", mode: 0x5ED) with { Owner = new Owner(1234, 4321) };
        await Grounds.RestoreAsync(Target, file, [1]);
        await Target.MakeAsync(link.Path, link, None);
        await Target.MakeAsync(folder.Path, folder, None);
        await Target.SetAttributesAsync(folder.Path, folder, None);

        if (Grounds.IsRoot)
        {
            Assert.Equal("1234:4321 4755", Grounds.Stat("a", "%u:%g %a"));
            Assert.Equal("1234:4321", Grounds.Stat("l", "%u:%g"));
            Assert.Equal("1234:4321 2755", Grounds.Stat("d", "%u:%g %a"));
        }
        else
        {
            Assert.Equal("755", Grounds.Stat("a", "%a"));
            Assert.Single(((LocalTarget)Target).Notes);
        }

        Assert.Equal(TargetState.Same, await Target.InspectAsync(file.Path, file, None));
    }

    [Fact]
    public async Task Without_its_owner_a_file_does_not_run_as_its_owner()
    {
        await using var target = new LocalTarget(Grounds.Target, new LocalTargetOptions { Owners = false });
        Entry file = Grounds.FileEntry("a", [1], mode: 0xDED) with { Owner = new Owner(1234, 4321) };
        await Grounds.RestoreAsync(target, file, [1]);

        Assert.Equal("755", Grounds.Stat("a", "%a"));
        Assert.NotEqual("1234:4321", Grounds.Stat("a", "%u:%g"));
        Assert.Equal(TargetState.Same, await target.InspectAsync(file.Path, file, None));
    }

    [Fact]
    public async Task An_owner_that_nobody_can_be_is_an_error_and_gives_no_rights()
    {
        if (!Grounds.IsRoot)
        {
            return; // Others never set owners.
        }

        Entry file = Grounds.FileEntry("a", [1], mode: 0xDED) with { Owner = new Owner(uint.MaxValue, uint.MaxValue) };
        await Assert.ThrowsAsync<IOException>(() => Grounds.RestoreAsync(Target, file, [1]));

        Assert.Equal("755", Grounds.Stat("a", "%a"));
    }

    [Fact]
    public async Task A_file_gets_its_group_even_in_a_folder_that_hands_its_own_down()
    {
        if (!Grounds.IsRoot)
        {
            return; // Others never set owners.
        }

        Directory.CreateDirectory(Grounds.At("d"));
        Grounds.Run("chown", ":4321", Grounds.At("d"));
        Grounds.Run("chmod", "2755", Grounds.At("d"));
        await Grounds.RestoreAsync(Target, Grounds.FileEntry("d/a", [1]) with { Owner = new Owner(0, 0) }, [1]);

        Assert.Equal("0:0", Grounds.Stat("d/a", "%u:%g"));
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
        Entry entry = new() { Path = new EntryPath("d"), Kind = kind, Mode = 0x1B6, Device = new DeviceNumber(major, minor) };
        if (!Grounds.IsRoot)
        {
            var refused = await Assert.ThrowsAsync<IOException>(() => Target.MakeAsync(entry.Path, entry, None).AsTask());
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

        Assert.Equal("\u00FF\u00FE\n\u00C3/\u00FF\u00FE\n\u00C3", Grounds.Run("find", Grounds.Target, "-type", "f", "-printf", "%P"));
        Assert.Equal("\u00FF\u00FE\n\u00C3", Grounds.Run("readlink", "-n", Grounds.At("l")));
        Assert.Equal(path, (await Target.ListAsync(new EntryPath(""), None).ToListAsync(None))[1]);
        Assert.Equal(TargetState.Same, await Target.InspectAsync(link.Path, link, None));
    }

    [Fact]
    public async Task Names_of_255_bytes_and_paths_beyond_the_kernels_limit_come_back()
    {
        string path = string.Join('/', Enumerable.Repeat(new string('n', 255), 40));
        await Grounds.RestoreAsync(Target, path, [1]);

        Assert.Equal(TargetState.Same, await Target.InspectAsync(new EntryPath(path), Grounds.FileEntry(path, [1]), None));
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

    /// <summary>The writer holds the folder that was checked; what takes the folder's name meanwhile gets nothing.</summary>
    [Fact]
    public async Task A_link_that_comes_while_a_file_is_written_gets_nothing()
    {
        await using IRestoreWriter writer = await Target.CreateFileAsync(new EntryPath("a/b"), Grounds.FileEntry("a/b", [1]), None);
        Directory.Move(Grounds.At("a"), Grounds.At("moved"));
        Directory.CreateSymbolicLink(Grounds.At("a"), Grounds.Outside);
        string outside = Grounds.OutsideState();
        await writer.CommitAsync(None);

        Assert.Equal(outside, Grounds.OutsideState());
        Assert.Equal(["a", "moved/", "moved/b"], Grounds.Names());
    }

    [Fact]
    public async Task Extended_attributes_come_back_and_others_go()
    {
        Entry entry = Grounds.FileEntry("a", [1], mode: 0x124) with
        {
            Attributes = [new NamedValue("xattr.user.empty", []), new NamedValue("xattr.user.one", Grounds.Random(4, 900))],
        };
        await Grounds.RestoreAsync(Target, entry, [1]);
        Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, entry, None));

        Entry other = entry with { Attributes = [new NamedValue("xattr.user.one", [1]), new NamedValue("xattr.user.two", [2])] };
        Assert.Equal(TargetState.AttributesDiffer, await Target.InspectAsync(entry.Path, other, None));
        await Target.SetAttributesAsync(entry.Path, other, None);
        Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, other, None));
        Assert.Equal(TargetState.AttributesDiffer, await Target.InspectAsync(entry.Path, entry, None));
        Assert.Equal("444", Grounds.Stat("a", "%a"));

        await Target.SetAttributesAsync(entry.Path, other with { Attributes = [] }, None);
        Assert.Equal(TargetState.AttributesDiffer, await Target.InspectAsync(entry.Path, other, None));
        Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, other with { Attributes = [] }, None));
    }

    [Fact]
    public async Task Access_lists_come_back_on_files_and_folders()
    {
        var list = new NamedValue("xattr.system.posix_acl_access", AccessList());
        Entry file = Grounds.FileEntry("d/a", [1], mode: 0x1A0) with { Attributes = [list] };
        Entry folder = Grounds.Folder("d/", mode: 0x1A0) with
        {
            Attributes = [list, new NamedValue("xattr.system.posix_acl_default", AccessList())],
        };
        await Target.MakeAsync(folder.Path, folder, None);
        await Grounds.RestoreAsync(Target, file, [1]);
        await Target.SetAttributesAsync(folder.Path, folder, None);

        Assert.Equal(TargetState.Same, await Target.InspectAsync(folder.Path, folder, None));
        Assert.Equal("640", Grounds.Stat("d", "%a"));
        if (Grounds.IsRoot)
        {
            Assert.Equal(TargetState.Same, await Target.InspectAsync(file.Path, file, None));
            Assert.Equal("-rw-r-----", Grounds.Stat("d/a", "%A"));
        }
    }

    [Fact]
    public async Task A_folders_list_for_new_files_does_not_stick_to_what_is_restored()
    {
        Entry folder = Grounds.Folder("d/") with { Attributes = [new NamedValue("xattr.system.posix_acl_default", AccessList())] };
        await Target.MakeAsync(folder.Path, folder, None);
        await Target.SetAttributesAsync(folder.Path, folder, None);
        Entry file = Grounds.FileEntry("d/a", [1], mode: 0x1B4);
        await Grounds.RestoreAsync(Target, file, [1]);

        Assert.Equal(TargetState.Same, await Target.InspectAsync(file.Path, file, None));
        Assert.Equal("664", Grounds.Stat("d/a", "%a"));
    }

    [Theory, InlineData("xattr.nowhere.name"), InlineData("xattr.user.a\0b"), InlineData("xattr.")]
    public async Task An_attribute_that_cannot_be_set_is_an_error_and_the_file_is_there(string name)
    {
        Entry entry = Grounds.FileEntry("a", [1], time: Time) with
        {
            Attributes = [new NamedValue("s3.ContentType", [1]), new NamedValue("xattr.user.good", [2]), new NamedValue(name, [1])],
        };
        var error = await Assert.ThrowsAsync<IOException>(() => Grounds.RestoreAsync(Target, entry, [1]));

        Assert.Contains("it was restored, but its attribute", error.Message, StringComparison.Ordinal);
        Entry without = entry with { Attributes = [entry.Attributes[1]] };
        Assert.Equal(TargetState.Same, await Target.InspectAsync(entry.Path, without, None));
        Assert.Equal(["a"], Grounds.Names());
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

    // rw for the owner, r for user 1234, r for the group, at most r for both, nothing for others.
    private static byte[] AccessList()
    {
        byte[] list = new byte[4 + (5 * 8)];
        BinaryPrimitives.WriteUInt32LittleEndian(list, 2);
        (ushort Tag, ushort Rights, uint Id)[] lines =
            [(1, 6, uint.MaxValue), (2, 4, 1234), (4, 4, uint.MaxValue), (0x10, 4, uint.MaxValue), (0x20, 0, uint.MaxValue)];
        for (int i = 0; i < lines.Length; i++)
        {
            Span<byte> line = list.AsSpan(4 + (i * 8));
            BinaryPrimitives.WriteUInt16LittleEndian(line, lines[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(line[2..], lines[i].Rights);
            BinaryPrimitives.WriteUInt32LittleEndian(line[4..], lines[i].Id);
        }

        return list;
    }
}
