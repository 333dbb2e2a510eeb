using System.Globalization;
using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>Markdown, line by line; what comes from outside adds no line and no markup.</summary>
internal sealed class MarkdownText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a line.</summary>
    public void Line(string line = "") => _text.Append(line).Append('\n');

    /// <summary>Adds a heading with an empty line behind it.</summary>
    public void Heading(string title)
    {
        Line(title);
        Line();
    }

    /// <summary>Adds a row of a table.</summary>
    public void Row(params IReadOnlyList<string> cells) => Line($"| {string.Join(" | ", cells)} |");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Digits alone, in any country.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>To the letter, as code; a bar is escaped for the table that it may stand in.</summary>
    public static string Code(string value)
    {
        string line = OneLine(value).Replace("|", "\\|", StringComparison.Ordinal);
        return line.Contains('`', StringComparison.Ordinal) ? $"`` {line} ``" : $"`{line}`";
    }

    /// <summary>On one line, and free of what Markdown would take for markup or a cell's end.</summary>
    public static string Plain(string value)
    {
        var plain = new StringBuilder(value.Length);
        foreach (char c in value)
        {
            switch (c)
            {
                case '|' or '*' or '`' or '<' or '>' or '[' or ']' or '\\' or '#':
                    plain.Append('\\').Append(c);
                    break;
                case '\u2028' or '\u2029' or (>= '\u007f' and <= '\u009f') or < ' ':
                    plain.Append(' ');
                    break;
                default:
                    plain.Append(c);
                    break;
            }
        }

        return plain.ToString();
    }

    /// <summary>As a word of a shell's command line, in quotes where it needs them.</summary>
    public static string Word(string value)
    {
        bool plain = value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
        return plain ? value : Quoted(value);
    }

    /// <summary>The same, in quotes always. `jstore` takes an escape for the character that it stands for.</summary>
    public static string Quoted(string value) => $"'{OneLine(value).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // Control characters as paths have them: a terminal that the file is shown on obeys them else.
    private static string OneLine(string value) => new EntryPath(value.ReplaceLineEndings(" ")).ToString();
}
