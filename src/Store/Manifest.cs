using JadaStore.Store.Manifests;
using JadaStore.Store.Model;

namespace JadaStore.Store;

/// <summary>A snapshot described for people who have nothing but this text: <c>MANIFEST.md</c>.</summary>
public static class Manifest
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "MANIFEST.md";

    /// <summary>Markdown made from the snapshot alone: the same snapshot gives the same text on any machine.</summary>
    public static string Of(Snapshot snapshot)
    {
        var text = new MarkdownText();
        ManifestFacts.Write(text, snapshot);
        ManifestSources.Write(text, snapshot.Record.Sources);
        ManifestAlarms.Write(text, snapshot.Record.Alarms);
        ManifestCoverage.Write(text, snapshot.Record.Sources);
        ManifestErrors.Write(text, snapshot.Record.Sources);
        ManifestExclusions.Write(text, snapshot.Record.Sources);
        ManifestCommands.Write(text, snapshot.Record);
        return text.ToString();
    }
}
