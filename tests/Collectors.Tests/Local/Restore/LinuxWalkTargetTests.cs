using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>The same promises on a kernel that cannot open a whole path safely in one call.</summary>
public sealed class LinuxWalkTargetTests : HostileTargetContract
{
    private protected override IRestoreTarget Make(string folder) =>
        new LinuxTarget(new LinuxFolders(folder, useOpenBeneath: false), new LocalTargetOptions(), Notes);

    [Fact]
    public async Task A_path_far_longer_than_the_kernel_takes_at_once_is_walked()
    {
        string path = string.Join('/', Enumerable.Repeat(new string('d', 250), 30)) + "/file";
        await Grounds.RestoreAsync(Target, path, [1]);

        Assert.Equal(TargetState.Same, await Target.InspectAsync(new EntryPath(path), Grounds.FileEntry(path, [1]), None));
    }
}
