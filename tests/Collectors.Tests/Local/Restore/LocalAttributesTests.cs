using System.Buffers.Binary;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>Owner, mode, times and extended attributes, as Linux keeps them.</summary>
public sealed class LocalAttributesTests : IAsyncLifetime, IDisposable
{
    private static readonly CancellationToken None = Grounds.None;
    private static readonly FileTime Time = new(1_234_567_890, 123_456_789);
    private readonly Grounds _grounds = new();
    private readonly LocalTarget _target;

    public LocalAttributesTests() => _target = new LocalTarget(_grounds.Target, new LocalTargetOptions());

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _target.DisposeAsync();

    public void Dispose() => _grounds.Dispose();

    /// <summary>Only who is not root notices: into a closed folder nobody else can write.</summary>
    [Fact]
    public async Task A_folder_that_its_owner_closed_can_be_restored_into()
    {
        Entry folder = Grounds.Folder("d/", mode: 0x140);
        for (int round = 0; round < 2; round++)
        {
            await _target.MakeAsync(folder.Path, folder, None);
            await Grounds.RestoreAsync(_target, "d/a", [1]);
            await _target.SetAttributesAsync(folder.Path, folder, None);
            Assert.Equal("500", _grounds.Stat("d", "%a"));
        }
    }

    [Fact]
    public async Task Times_come_back_to_the_nanosecond_and_from_before_1970()
    {
        foreach (FileTime time in new FileTime[] { new(1_700_000_000, 123_456_789), new(-5, 1), new(0, 999_999_999), new(4_000_000_000, 0) })
        {
            Entry file = Grounds.FileEntry("a", [1], time: time);
            Entry link = Grounds.Symlink("l", "x") with { ModifiedTime = time };
            await Grounds.RestoreAsync(_target, file, [1]);
            await _target.MakeAsync(link.Path, link, None);

            Assert.Equal(TargetState.Same, await _target.InspectAsync(file.Path, file, None));
            Assert.Equal(TargetState.Same, await _target.InspectAsync(link.Path, link, None));
            decimal seconds = time.Seconds + (time.Nanoseconds / 1e9m);
            Assert.Equal(seconds, decimal.Parse(_grounds.Stat("a", "%.9Y"), null));
            Assert.Equal(seconds, decimal.Parse(_grounds.Stat("l", "%.9Y"), null));
        }
    }

    [Theory, InlineData(0xDEDu, "6755"), InlineData(0x9C0u, "4700"), InlineData(0x000u, "0"), InlineData(0x3FFu, "1777")]
    public async Task Setuid_setgid_and_sticky_come_back(uint mode, string shown)
    {
        Entry file = Grounds.FileEntry("a", [1], mode: mode);
        Entry folder = Grounds.Folder("d/", mode: mode);
        await Grounds.RestoreAsync(_target, file, [1]);
        await _target.MakeAsync(folder.Path, folder, None);
        await _target.SetAttributesAsync(folder.Path, folder, None);

        Assert.Equal(shown, _grounds.Stat("a", "%a"));
        Assert.Equal(shown, _grounds.Stat("d", "%a"));
    }

    [Fact]
    public async Task Owners_come_back_when_root_restores_and_setuid_with_them()
    {
        Entry file = Grounds.FileEntry("a", [1], mode: 0x9ED) with { Owner = new Owner(1234, 4321) };
        Entry link = Grounds.Symlink("l", "x") with { Owner = new Owner(1234, 4321) };
        Entry folder = Grounds.Folder("d/", mode: 0x5ED) with { Owner = new Owner(1234, 4321) };
        await Grounds.RestoreAsync(_target, file, [1]);
        await _target.MakeAsync(link.Path, link, None);
        await _target.MakeAsync(folder.Path, folder, None);
        await _target.SetAttributesAsync(folder.Path, folder, None);

        if (Grounds.IsRoot)
        {
            Assert.Equal("1234:4321 4755", _grounds.Stat("a", "%u:%g %a"));
            Assert.Equal("1234:4321", _grounds.Stat("l", "%u:%g"));
            Assert.Equal("1234:4321 2755", _grounds.Stat("d", "%u:%g %a"));
        }
        else
        {
            Assert.Equal("755", _grounds.Stat("a", "%a"));
            Assert.Single(_target.Notes);
        }

        Assert.Equal(TargetState.Same, await _target.InspectAsync(file.Path, file, None));
    }

    [Fact]
    public async Task Without_its_owner_a_file_does_not_run_as_its_owner()
    {
        await using var target = new LocalTarget(_grounds.Target, new LocalTargetOptions { Owners = false });
        Entry file = Grounds.FileEntry("a", [1], mode: 0xDED) with { Owner = new Owner(1234, 4321) };
        await Grounds.RestoreAsync(target, file, [1]);

        Assert.Equal("755", _grounds.Stat("a", "%a"));
        Assert.NotEqual("1234:4321", _grounds.Stat("a", "%u:%g"));
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
        await Assert.ThrowsAsync<IOException>(() => Grounds.RestoreAsync(_target, file, [1]));

        Assert.Equal("755", _grounds.Stat("a", "%a"));
    }

    [Fact]
    public async Task A_file_gets_its_group_even_in_a_folder_that_hands_its_own_down()
    {
        if (!Grounds.IsRoot)
        {
            return; // Others never set owners.
        }

        Directory.CreateDirectory(_grounds.At("d"));
        Grounds.Run("chown", ":4321", _grounds.At("d"));
        Grounds.Run("chmod", "2755", _grounds.At("d"));
        await Grounds.RestoreAsync(_target, Grounds.FileEntry("d/a", [1]) with { Owner = new Owner(0, 0) }, [1]);

        Assert.Equal("0:0", _grounds.Stat("d/a", "%u:%g"));
    }

    [Fact]
    public async Task Extended_attributes_come_back_and_others_go()
    {
        Entry entry = Grounds.FileEntry("a", [1], mode: 0x124) with
        {
            Attributes =
                [new NamedValue("xattr.user.empty", []), new NamedValue("xattr.user.one", Grounds.Random(4, 900))],
        };
        await Grounds.RestoreAsync(_target, entry, [1]);
        Assert.Equal(TargetState.Same, await _target.InspectAsync(entry.Path, entry, None));

        Entry other =
            entry with { Attributes = [new NamedValue("xattr.user.one", [1]), new NamedValue("xattr.user.two", [2])] };
        Assert.Equal(TargetState.AttributesDiffer, await _target.InspectAsync(entry.Path, other, None));
        await _target.SetAttributesAsync(entry.Path, other, None);
        Assert.Equal(TargetState.Same, await _target.InspectAsync(entry.Path, other, None));
        Assert.Equal(TargetState.AttributesDiffer, await _target.InspectAsync(entry.Path, entry, None));
        Assert.Equal("444", _grounds.Stat("a", "%a"));

        await _target.SetAttributesAsync(entry.Path, other with { Attributes = [] }, None);
        Assert.Equal(TargetState.AttributesDiffer, await _target.InspectAsync(entry.Path, other, None));
        Assert.Equal(TargetState.Same, await _target.InspectAsync(entry.Path, other with { Attributes = [] }, None));
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
        await _target.MakeAsync(folder.Path, folder, None);
        await Grounds.RestoreAsync(_target, file, [1]);
        await _target.SetAttributesAsync(folder.Path, folder, None);

        Assert.Equal(TargetState.Same, await _target.InspectAsync(folder.Path, folder, None));
        Assert.Equal("640", _grounds.Stat("d", "%a"));
        if (Grounds.IsRoot)
        {
            Assert.Equal(TargetState.Same, await _target.InspectAsync(file.Path, file, None));
            Assert.Equal("-rw-r-----", _grounds.Stat("d/a", "%A"));
        }
    }

    [Fact]
    public async Task A_folders_list_for_new_files_does_not_stick_to_what_is_restored()
    {
        Entry folder =
            Grounds.Folder("d/") with { Attributes = [new NamedValue("xattr.system.posix_acl_default", AccessList())] };
        await _target.MakeAsync(folder.Path, folder, None);
        await _target.SetAttributesAsync(folder.Path, folder, None);
        Entry file = Grounds.FileEntry("d/a", [1], mode: 0x1B4);
        await Grounds.RestoreAsync(_target, file, [1]);

        Assert.Equal(TargetState.Same, await _target.InspectAsync(file.Path, file, None));
        Assert.Equal("664", _grounds.Stat("d/a", "%a"));
    }

    [Theory, InlineData("xattr.nowhere.name"), InlineData("xattr.user.a\0b"), InlineData("xattr.")]
    public async Task An_attribute_that_cannot_be_set_is_an_error_and_the_file_is_there(string name)
    {
        Entry entry = Grounds.FileEntry("a", [1], time: Time) with
        {
            Attributes = [new NamedValue("s3.ContentType", [1]), new NamedValue("xattr.user.good", [2]), new NamedValue(name, [1])],
        };
        var error = await Assert.ThrowsAsync<IOException>(() => Grounds.RestoreAsync(_target, entry, [1]));

        Assert.Contains("it was restored, but its attribute", error.Message, StringComparison.Ordinal);
        Entry without = entry with { Attributes = [entry.Attributes[1]] };
        Assert.Equal(TargetState.Same, await _target.InspectAsync(entry.Path, without, None));
        Assert.Equal(["a"], _grounds.Names());
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
