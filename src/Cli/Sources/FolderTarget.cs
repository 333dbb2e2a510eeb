using JadaStore.Collectors.Local.Restore;

namespace JadaStore.Cli.Sources;

/// <summary>Makes the target of a restore into a folder.</summary>
internal static class FolderTarget
{
    /// <summary>The target.</summary>
    /// <param name="folder">A full path; made when missing.</param>
    /// <param name="repository">As a full path; never touched, whatever is restored over it.</param>
    public static LocalTarget Open(string folder, string repository) =>
        new(folder, new LocalTargetOptions { LeaveOut = [repository] });
}
