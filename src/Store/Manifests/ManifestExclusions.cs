using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>What was left out by rule.</summary>
internal static class ManifestExclusions
{
    /// <summary>Writes it.</summary>
    public static void Write(MarkdownText text, IReadOnlyList<SnapshotSource> sources)
    {
        text.Heading("## Left out");
        if (sources.All(source => source.Excluded.Count == 0))
        {
            text.Line("Nothing was left out by rule.");
        }

        foreach (SnapshotSource source in sources)
        {
            foreach (string rule in source.Excluded)
            {
                text.Line($"- {MarkdownText.Code(source.Root)}: by {MarkdownText.Code(rule)}");
            }
        }

        text.Line();
    }
}
