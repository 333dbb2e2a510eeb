using System.Globalization;
using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Store;

/// <summary>A snapshot described for people who have nothing but this text: <c>MANIFEST.md</c>.</summary>
public static class Manifest
{
    private const int MaxErrors = 1000;

    /// <summary>Markdown made from the snapshot alone: the same snapshot gives the same text on any machine.</summary>
    public static string Of(Snapshot snapshot)
    {
        SnapshotRecord record = snapshot.Record;
        var text = new StringBuilder();
        Line(text, $"# Snapshot {Plain(record.Name)}");
        Line(text, "");
        WriteFacts(text, snapshot);
        WriteSources(text, record.Sources);
        WriteErrors(text, record.Sources);
        WriteExcluded(text, record.Sources);
        WriteCommands(text, record);
        return text.ToString();
    }

    private static void WriteFacts(StringBuilder text, Snapshot snapshot)
    {
        SnapshotRecord record = snapshot.Record;
        bool complete = record.Sources.All(source => source.Complete);
        Line(text, "| | |");
        Line(text, "|---|---|");
        Row(text, "Id", $"`{snapshot.Id}`");
        Row(text, "Taken", Rfc3339(record.Time));
        Row(text, "Took", $"{Number(record.DurationMs)} ms");
        Row(text, "Host", Plain(record.Host));
        Row(text, "Program", Plain(record.Program));
        Row(text, "Message", Plain(record.Message));
        Row(text, "Tags", Plain(string.Join(", ", record.Tags)));
        Row(text, "Parent", record.Parent is null ? "none: the first" : $"`{record.Parent}`");
        Row(text, "State", complete ? "complete" : "**partial**: see Errors");
        Row(text, "Entries", Number(record.Sources.Sum(source => source.Entries)));
        Row(text, "Bytes", Number(record.Sources.Sum(source => source.Bytes)));
        Row(text, "New content", $"{Number(record.AddedBytes)} bytes, {Number(record.StoredBytes)} stored");
        Line(text, "");
    }

    private static void WriteSources(StringBuilder text, IReadOnlyList<SnapshotSource> sources)
    {
        Line(text, "## Sources");
        Line(text, "");
        Line(text, "| root | entries | bytes | complete | tree |");
        Line(text, "|---|---:|---:|---|---|");
        foreach (SnapshotSource source in sources)
        {
            string state = source.Complete ? "yes" : $"no ({Number(source.ErrorCount)} errors)";
            string tree = source.Tree is null ? "empty" : $"`{source.Tree}`";
            Line(text, $"| {Code(source.Root)} | {Number(source.Entries)} | {Number(source.Bytes)} | {state} | {tree} |");
        }

        Line(text, "");
    }

    private static void WriteErrors(StringBuilder text, IReadOnlyList<SnapshotSource> sources)
    {
        Line(text, "## Errors");
        Line(text, "");
        if (sources.All(source => source.Errors.Count == 0))
        {
            Line(text, "None: everything that exists was captured.");
        }

        foreach (SnapshotSource source in sources.Where(source => source.Errors.Count > 0))
        {
            foreach (SourceError error in source.Errors.Take(MaxErrors))
            {
                string path = error.Path.Length == 0 ? source.Root : $"{source.Root}/{error.Path}";
                Line(text, $"- {Code(path)}: {Plain(error.Message)}");
            }

            long more = source.ErrorCount - Math.Min(source.Errors.Count, MaxErrors);
            if (more > 0)
            {
                Line(text, $"- {Code(source.Root)}: and {Number(more)} more");
            }
        }

        Line(text, "");
    }

    private static void WriteExcluded(StringBuilder text, IReadOnlyList<SnapshotSource> sources)
    {
        Line(text, "## Left out");
        Line(text, "");
        if (sources.All(source => source.Excluded.Count == 0))
        {
            Line(text, "Nothing was left out by rule.");
        }

        foreach (SnapshotSource source in sources)
        {
            foreach (string rule in source.Excluded)
            {
                Line(text, $"- {Code(source.Root)}: by {Code(rule)}");
            }
        }

        Line(text, "");
    }

    private static void WriteCommands(StringBuilder text, SnapshotRecord record)
    {
        Line(text, "## Verify and restore");
        Line(text, "");
        Line(text, "```sh");
        Line(text, "jstore verify --data                       # every byte against its digest");
        Line(text, $"jstore ls {record.Name} --recursive -l");
        Line(text, $"jstore restore --snapshot {record.Name} --to ./restored");
        foreach (SnapshotSource source in record.Sources)
        {
            Line(text, $"jstore restore --snapshot {record.Name} --path '{source.Root.Replace("'", "'\\''", StringComparison.Ordinal)}' --to ./restored");
        }

        Line(text, "```");
        Line(text, "");
        Line(text, "The digest of a file (`jstore ls --json`) is the BLAKE3 of its content: `b3sum` on a restored file prints it.");
    }

    private static void Row(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            Line(text, $"| {name} | {value} |");
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Rfc3339(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the letter, as code; a bar is escaped for the table that it may stand in.</summary>
    private static string Code(string value)
    {
        string line = value.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
        return line.Contains('`', StringComparison.Ordinal) ? $"`` {line} ``" : $"`{line}`";
    }

    /// <summary>On one line, and free of what Markdown would take for markup or a cell's end.</summary>
    private static string Plain(string value)
    {
        var plain = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            switch (c)
            {
                case '|' or '*' or '`' or '<' or '>' or '[' or ']' or '\\' or '#':
                    plain.Append('\\').Append(c);
                    break;
                case < ' ':
                    plain.Append(' ');
                    break;
                default:
                    plain.Append(c);
                    break;
            }
        }

        return plain.ToString();
    }
}
