using System.Runtime.CompilerServices;
using System.Text;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>The files of one version of a project, which never change: asked for once.</summary>
/// <param name="api">The way to Google.</param>
/// <param name="id">The project.</param>
/// <param name="number">The version.</param>
/// <param name="folder">Its path, with the <c>/</c>.</param>
internal sealed class VersionTree(ScriptApi api, string id, long number, string folder) : SourceSubtree
{
    /// <summary>The tree at that place.</summary>
    public static VersionTree Of(ScriptApi api, string id, long number, string folder) => new(api, id, number, folder)
    {
        Path = new EntryPath(folder),
        Kind = EntryKind.Folder,
        Fingerprint = Encoding.UTF8.GetBytes($"apps-script version 1\0{id}\0{number}"),
    };

    /// <inheritdoc/>
    public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) =>
        new(new Entry { Path = Path, Kind = Kind, Fingerprint = Fingerprint });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<SourceEntry> ExpandAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<ScriptFile> files =
            ScriptFiles.Of(await api.ContentAsync(id, number, cancellationToken).ConfigureAwait(false));
        IEnumerable<DocumentEntry> entries =
            files.Select(file => DocumentEntry.Of(folder + file.Path, Encoding.UTF8.GetBytes(file.Source)));
        foreach (DocumentEntry entry in entries.OrderBy(entry => entry.Path))
        {
            yield return entry;
        }
    }
}
