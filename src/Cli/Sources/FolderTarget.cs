using JadaStore.Collectors.Local.Restore;

namespace JadaStore.Cli.Sources;

/// <summary>Makes the target of a restore into a folder.</summary>
internal static class FolderTarget
{
    /// <summary>The target.</summary>
    /// <param name="folder">A full path; made when missing.</param>
    public static LocalTarget Open(string folder) => new(folder, new LocalTargetOptions());
}
