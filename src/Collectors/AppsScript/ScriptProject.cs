using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>A project as far as it is known without its files.</summary>
/// <param name="Id">The script id.</param>
/// <param name="Project">Title, times and people.</param>
/// <param name="Versions">The list of its versions; null where it could not be had.</param>
/// <param name="Deployments">The list of its deployments; null where it could not be had.</param>
/// <param name="Problems">Why one could not be had, by the document's path in the project's folder.</param>
internal sealed record ScriptProject(
    string Id, JsonObject Project, JsonArray? Versions, JsonArray? Deployments,
    IReadOnlyList<(string Path, string Message)> Problems)
{
    /// <summary>Where what clasp has no file for lies, in the project's folder. clasp pushes none of it.</summary>
    public const string Notes = ".apps-script/";

    /// <summary>The list of versions.</summary>
    public const string VersionsFile = Notes + "versions.json";

    /// <summary>The list of deployments.</summary>
    public const string DeploymentsFile = Notes + "deployments.json";

    /// <summary>What Google says of the project itself.</summary>
    public const string ProjectFile = Notes + "project.json";

    /// <summary>All of these files.</summary>
    public static IReadOnlyList<string> AllNotes { get; } = [ProjectFile, VersionsFile, DeploymentsFile];

    /// <summary>What a person calls it; may be empty.</summary>
    public string Title => GoogleJson.Text(Project, "title") ?? "";

    /// <summary>When it last changed; null where Google does not say.</summary>
    public FileTime? Changed =>
        DateTimeOffset.TryParse(
            GoogleJson.Text(Project, "updateTime"), System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? FileTime.From(time) : null;

    /// <summary>The numbers of its versions.</summary>
    public IEnumerable<long> VersionNumbers => (Versions ?? []).OfType<JsonObject>()
        .Select(version => GoogleJson.Number(version, "versionNumber") ?? 0).Where(number => number > 0).Distinct();

    /// <summary>The documents beside its files, by their paths in the project's folder.</summary>
    public IEnumerable<(string Path, byte[] Bytes)> Documents()
    {
        yield return (ProjectFile, CanonicalJson.Write(WithoutPhotos(Project)));
        if (Versions is not null)
        {
            yield return (VersionsFile, CanonicalJson.Write(new JsonObject { ["versions"] = Versions.DeepClone() }));
        }

        if (Deployments is not null)
        {
            yield return (
                DeploymentsFile, CanonicalJson.Write(new JsonObject { ["deployments"] = Deployments.DeepClone() }));
        }
    }

    /// <summary>Equal only where nothing that Google tells without the files changed.</summary>
    public byte[] Fingerprint()
    {
        using var all = new MemoryStream();
        all.Write("apps-script 1\0"u8);
        foreach ((string path, byte[] bytes) in Documents())
        {
            all.Write(System.Text.Encoding.UTF8.GetBytes($"{Id}\0{path}\0{bytes.Length}\0"));
            all.Write(bytes);
        }

        return Blake3.Hash(all.ToArray()).ToArray();
    }

    // Addresses of pictures change by themselves.
    private static JsonNode WithoutPhotos(JsonObject project)
    {
        JsonNode copy = project.DeepClone();
        foreach (string person in (ReadOnlySpan<string>)["creator", "lastModifyUser"])
        {
            (copy[person] as JsonObject)?.Remove("photoUrl");
        }

        return copy;
    }
}
