using System.Text.Json.Nodes;

namespace JadaStore.Collectors.AppsScript;

/// <summary>Makes files of a project's content, under the names that clasp gives them.</summary>
internal static class ScriptFiles
{
    private const int LongestName = 1024;

    /// <summary>What clasp keeps beside the files.</summary>
    public const string Settings = ".clasp.json";

    /// <summary>The files in the project's own order, which is the order in which they are run; no path comes twice,
    /// and none is what stands beside the files.</summary>
    /// <param name="content">What the Apps Script API gives.</param>
    /// <exception cref="GoogleException">It is no content.</exception>
    public static IReadOnlyList<ScriptFile> Of(JsonObject content)
    {
        var taken = new HashSet<string>([Settings, .. ScriptProject.AllNotes], StringComparer.Ordinal);
        var files = new List<ScriptFile>();
        foreach (JsonObject file in GoogleJson.Objects(content, "files"))
        {
            string name = GoogleJson.Text(file, "name") ?? "";
            string type = GoogleJson.Text(file, "type") ?? "";
            if (name.Length is 0 or > LongestName)
            {
                throw new GoogleException(200, "", $"the content names a file of {name.Length} letters");
            }

            string stem = Stem(name), end = Extension(type);
            string path = stem + end;
            for (int again = 2; !taken.Add(path); again++)
            {
                path = $"{stem}~{again}{end}";
            }

            files.Add(new ScriptFile(path, GoogleJson.Text(file, "source") ?? "", path == "appsscript.json"));
        }

        return files;
    }

    private static string Extension(string type) => type switch
    {
        "SERVER_JS" => ".js",
        "HTML" => ".html",
        "JSON" => ".json",
        _ => ".txt",
    };

    // A `/` makes folders, as clasp has it; but nothing that leads out of the project.
    private static string Stem(string name)
    {
        bool plain = !name.Contains('\0', StringComparison.Ordinal)
            && Array.TrueForAll(name.Split('/'), segment => segment is not ("" or "." or ".."));
        return plain ? name : FolderName.Escape(name);
    }
}
