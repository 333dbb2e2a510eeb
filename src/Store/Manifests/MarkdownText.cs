using System.Globalization;
using System.Text;

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
                case '\u2028' or '\u2029' or '\u0085' or < ' ':
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
        return plain ? value : $"'{OneLine(value).Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static string OneLine(string value) => value.ReplaceLineEndings(" ");
}
