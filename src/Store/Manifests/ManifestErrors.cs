using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>What could not be captured, path by path.</summary>
internal static class ManifestErrors
{
    private const int MaxErrors = 1000;

    /// <summary>Writes it.</summary>
    public static void Write(MarkdownText text, IReadOnlyList<SnapshotSource> sources)
    {
        text.Heading("## Errors");
        if (sources.All(source => source.Errors.Count == 0))
        {
            text.Line("None: everything that exists was captured.");
        }

        foreach (SnapshotSource source in sources.Where(source => source.Errors.Count > 0))
        {
            foreach (SourceError error in source.Errors.Take(MaxErrors))
            {
                string path = error.Path.Length == 0 ? source.Root : $"{source.Root}/{error.Path}";
                text.Line($"- {MarkdownText.Code(path)}: {MarkdownText.Plain(error.Message)}");
            }

            long more = source.ErrorCount - Math.Min(source.Errors.Count, MaxErrors);
            if (more > 0)
            {
                text.Line($"- {MarkdownText.Code(source.Root)}: and {MarkdownText.Number(more)} more");
            }
        }

        text.Line();
    }
}
