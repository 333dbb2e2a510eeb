using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>A project's folder, as <c>clasp clone</c> would make it; its files are asked for only when it
/// changed.</summary>
/// <param name="api">The way to Google.</param>
/// <param name="project">The project.</param>
/// <param name="folder">Its path, with the <c>/</c>.</param>
internal sealed class ProjectTree(ScriptApi api, ScriptProject project, string folder) : SourceSubtree
{
    /// <summary>The tree at that place.</summary>
    public static ProjectTree Of(ScriptApi api, ScriptProject project, string folder) => new(api, project, folder)
    {
        Path = new EntryPath(folder),
        Kind = EntryKind.Folder,
        ModifiedTime = project.Changed,
        Fingerprint = project.Fingerprint(),
    };

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) => new(new Entry
    {
        Path = Path, Kind = Kind, ModifiedTime = ModifiedTime, Fingerprint = Fingerprint,
    });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<SourceEntry> ExpandAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonObject content = await api.ContentAsync(project.Id, null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ScriptFile> files = ScriptFiles.Of(content);
        IEnumerable<SourceEntry> entries =
        [
            Document(ScriptFiles.Settings, CanonicalJson.Write(Settings(files))),
            .. project.Documents().Select(one => Document(one.Path, one.Bytes)),
            .. project.Problems.Select(one => new SourceFault
            {
                Path = new EntryPath(folder + one.Path), Kind = EntryKind.File, Message = one.Message,
            }),
            .. files.Select(file => Document(file.Path, Encoding.UTF8.GetBytes(file.Source))),
        ];
        foreach (SourceEntry entry in entries.OrderBy(entry => entry.Path))
        {
            yield return entry;
        }
    }

    // The order of the files is the order in which they are run, and clasp sorts by name unless it is told.
    private JsonObject Settings(IReadOnlyList<ScriptFile> files)
    {
        var settings = new JsonObject { ["scriptId"] = project.Id };
        if (GoogleJson.Text(project.Project, "parentId") is { Length: > 0 } parent)
        {
            settings["parentId"] = new JsonArray(parent);
        }

        string[] order = [.. files.Where(file => !file.IsManifest).Select(file => file.Path)];
        if (order.Length > 1)
        {
            settings["filePushOrder"] = new JsonArray([.. order.Select(path => JsonValue.Create(path))]);
        }

        return settings;
    }

    private DocumentEntry Document(string path, byte[] bytes) => DocumentEntry.Of(folder + path, bytes);
}
