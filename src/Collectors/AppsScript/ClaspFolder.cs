using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Local;
using JadaStore.Store;

namespace JadaStore.Collectors.AppsScript;

/// <summary>A folder that clasp pulled a project into: it has a <c>.clasp.json</c>.</summary>
/// <param name="Folder">As a full path.</param>
/// <param name="ScriptId">What the file says; empty where it says nothing that can be read.</param>
/// <param name="Outside">Where the project's files lie, if not in this folder; null: they do.</param>
internal sealed record ClaspFolder(string Folder, string ScriptId, string? Outside)
{
    private const string SettingsFile = ".clasp.json";
    private const int Deepest = 16;

    /// <summary>What is never taken of such a folder, as in .gitignore: other people's code, and logins.</summary>
    public static IReadOnlyList<string> Exclude { get; } = ["node_modules/", ".git/", ".clasprc.json"];

    /// <summary>Its name.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>The folder itself, if clasp pulled it; else all such folders in it, not through links.</summary>
    /// <exception cref="StoreException">There is none, or the folder cannot be read.</exception>
    public static IReadOnlyList<ClaspFolder> Find(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var found = new List<ClaspFolder>();
        try
        {
            Search(new DirectoryInfo(full), Deepest, found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.SourceUnreachable, $"{full} cannot be searched: {e.Message}", "", e);
        }

        return found.Count > 0 ? found : throw new StoreException(
            StoreFault.SourceUnreachable, $"{full} holds no folder that clasp pulled: there is no {SettingsFile}.",
            "`clasp clone SCRIPT_ID` makes one.");
    }

    /// <summary>What reads it.</summary>
    /// <param name="leaveOut">Absolute paths that are never read.</param>
    public LocalFolder Open(IReadOnlyList<string> leaveOut) =>
        new(Folder, "apps-script/" + Name, new LocalFolderOptions { Exclude = Exclude, LeaveOut = leaveOut });

    private static void Search(DirectoryInfo folder, int deeper, List<ClaspFolder> found)
    {
        string settings = Path.Combine(folder.FullName, SettingsFile);
        if (File.Exists(settings))
        {
            found.Add(Read(folder.FullName, settings));
            return;
        }

        if (deeper == 0)
        {
            return;
        }

        IEnumerable<DirectoryInfo> below = folder.EnumerateDirectories()
            .Where(one => one.LinkTarget is null && one.Name is not ("node_modules" or ".git"));
        foreach (DirectoryInfo one in below.OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            Search(one, deeper - 1, found);
        }
    }

    private static ClaspFolder Read(string folder, string file)
    {
        JsonObject? settings = null;
        try
        {
            settings = new FileInfo(file).Length < 1 << 20 ? GoogleJson.ParseByHand(File.ReadAllBytes(file)) : null;
        }
        catch (JsonException)
        {
            // The folder is captured as it is all the same.
        }

        string id = settings is null ? "" : GoogleJson.Text(settings, "scriptId") ?? "";
        string? files = settings is null ? null
            : GoogleJson.Text(settings, "srcDir") ?? GoogleJson.Text(settings, "rootDir");
        return new ClaspFolder(folder, id, files is not null && IsOutside(folder, files) ? files : null);
    }

    private static bool IsOutside(string folder, string files)
    {
        if (files.Contains('\0', StringComparison.Ordinal))
        {
            return true;
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(files, folder));
        return full != folder && !full.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
