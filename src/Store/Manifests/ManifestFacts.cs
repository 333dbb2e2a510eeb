using System.Globalization;
using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>The head: what was taken, when, of which accounts and regions, and how much it is.</summary>
internal static class ManifestFacts
{
    /// <summary>Writes it.</summary>
    public static void Write(MarkdownText text, Snapshot snapshot)
    {
        SnapshotRecord record = snapshot.Record;
        IReadOnlyList<SnapshotSource> sources = record.Sources;
        text.Heading($"# Snapshot {MarkdownText.Plain(record.Name)}");
        text.Line("| | |");
        text.Line("|---|---|");
        Fact(text, "Id", $"`{snapshot.Id}`");
        Fact(text, "Taken", Rfc3339(record.Time));
        Fact(text, "Took", $"{MarkdownText.Number(record.DurationMs)} ms");
        Fact(text, "Host", MarkdownText.Plain(record.Host));
        Fact(text, "Program", MarkdownText.Plain(record.Program));
        Fact(text, "Message", MarkdownText.Plain(record.Message));
        Fact(text, "Tags", MarkdownText.Plain(string.Join(", ", record.Tags)));
        Fact(text, "Parent", record.Parent is null ? "none: the first" : $"`{record.Parent}`");
        Fact(text, "Account", Each(sources.Select(source => source.Account)));
        Fact(text, "Regions", Each(sources.SelectMany(source => source.Coverage)
            .Where(line => line.State != CoverageState.Unsupported)
            .Select(line => RegionName.Split(line.Area).Region)));
        Fact(text, "State", sources.All(source => source.Complete) ? "complete" : "**partial**: see Errors");
        Fact(text, "Entries", MarkdownText.Number(sources.Sum(source => source.Entries)));
        Fact(text, "Bytes", MarkdownText.Number(sources.Sum(source => source.Bytes)));
        Fact(
            text, "New content",
            $"{MarkdownText.Number(record.AddedBytes)} bytes, {MarkdownText.Number(record.StoredBytes)} stored");
        text.Line();
    }

    private static void Fact(MarkdownText text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Row(name, value);
        }
    }

    private static string Each(IEnumerable<string?> values) => MarkdownText.Plain(string.Join(
        ", ", values.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    private static string Rfc3339(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
