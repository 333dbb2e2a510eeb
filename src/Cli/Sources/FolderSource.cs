using JadaStore.Collectors.Local;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>Makes the collector of a folder.</summary>
internal static class FolderSource
{
    /// <summary>The collector.</summary>
    public static ICollector Open(SourceArgument source, string workingFolder, FolderRules rules) =>
        new LocalFolder(source.Folder, source.Root, new LocalFolderOptions
        {
            Exclude = rules.Exclude,
            ExcludeFiles = [.. rules.ExcludeFiles.Select(file => Path.GetFullPath(file, workingFolder))],
            OneFileSystem = rules.OneFileSystem,
            LeaveOut = rules.LeaveOut,
        });

    /// <summary>The root of a folder that was given no name.</summary>
    public static string RootFor(string folder) => LocalFolder.RootFor(folder);
}
