using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>The sources, each with its size, its state and the digest of its tree.</summary>
internal static class ManifestSources
{
    /// <summary>Writes them.</summary>
    public static void Write(MarkdownText text, IReadOnlyList<SnapshotSource> sources)
    {
        text.Heading("## Sources");
        text.Line("| root | entries | bytes | complete | tree |");
        text.Line("|---|---:|---:|---|---|");
        foreach (SnapshotSource source in sources)
        {
            text.Row(
                MarkdownText.Code(source.Root),
                MarkdownText.Number(source.Entries),
                MarkdownText.Number(source.Bytes),
                source.Complete ? "yes" : $"no ({MarkdownText.Number(source.ErrorCount)} errors)",
                source.Tree is null ? "empty" : $"`{source.Tree}`");
        }

        text.Line();
    }
}
