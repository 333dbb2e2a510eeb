using JadaStore.Collectors.Local.Restore;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Local.Restore;

/// <summary>The same promises on a kernel that cannot open a whole path safely in one call.</summary>
public sealed class LinuxWalkLeftOutTests : LeftOutContract
{
    private protected override IRestoreTarget Make(string folder, LocalTargetOptions options) =>
        new LinuxTarget(new LinuxFolders(Path.GetFullPath(folder), useOpenBeneath: false), options, Notes);
}
