using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>
/// The same promises on a kernel that cannot open a whole path safely in one call, nor has files without a name.
/// </summary>
public sealed class LinuxWalkTargetTests : HostileTargetContract
{
    private protected override IRestoreTarget Make(string folder) =>
        new LinuxTarget(
            new LinuxFolders(folder, useOpenBeneath: false), new LocalTargetOptions(), Notes, useNameless: false);

    [Fact]
    public async Task A_file_that_is_not_whole_has_a_temporary_name_that_goes()
    {
        await using (
            IRestoreWriter writer = await Target.CreateFileAsync(new EntryPath("a"), Grounds.FileEntry("a", [1]), None))
        {
            await writer.WriteAsync(new byte[] { 1 }, None);
            Assert.Matches("^\\.jstore-[0-9a-f]{16}\\.tmp$", Assert.Single(Grounds.Names()));
        }

        Assert.Empty(Grounds.Names());
    }

    /// <summary>As many levels as a path can have.</summary>
    [Fact]
    public async Task A_path_of_30_000_folders_is_walked()
    {
        string path = string.Concat(Enumerable.Repeat("d/", 30_000)) + "file";
        await Grounds.RestoreAsync(Target, path, [1]);

        Assert.Equal(
            TargetState.Same, await Target.InspectAsync(new EntryPath(path), Grounds.FileEntry(path, [1]), None));
    }

    /// <summary>What cannot be is refused at once, and what can takes no room: no hash of it is waited for.</summary>
    [Fact]
    public async Task A_hole_of_2_to_the_62_takes_no_room()
    {
        Entry entry = Grounds.FileEntry("a", []) with { Size = 1L << 62 };
        await using IRestoreWriter writer = await Target.CreateFileAsync(entry.Path, entry, None);
        try
        {
            await writer.SkipAsync(1L << 62, None);
            await writer.CommitAsync(None);
            Assert.Equal("0", Grounds.Stat("a", "%b"));
        }
        catch (IOException)
        {
            await writer.DisposeAsync();
            Assert.Empty(Grounds.Names());
        }
    }

    [Fact]
    public async Task A_path_far_longer_than_the_kernel_takes_at_once_is_walked()
    {
        string path = string.Join('/', Enumerable.Repeat(new string('d', 250), 30)) + "/file";
        await Grounds.RestoreAsync(Target, path, [1]);

        Assert.Equal(
            TargetState.Same, await Target.InspectAsync(new EntryPath(path), Grounds.FileEntry(path, [1]), None));
    }
}
