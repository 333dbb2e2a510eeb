using System.Text;
using System.Text.RegularExpressions;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>A text with variables in braces: <c>records/{Name|domain}</c>.</summary>
internal sealed partial class RowText
{
    private readonly (string Literal, RowVariable? Variable)[] _parts;

    private RowText((string Literal, RowVariable? Variable)[] parts) => _parts = parts;

    /// <summary>The variable, where the text is nothing else and changes nothing of it; null otherwise.</summary>
    public RowVariable? OnlyVariable =>
        _parts is [{ Literal: "", Variable: { IsFiltered: false } only }] ? only : null;

    /// <summary>The folders that are the same for all: what stands before the first variable, up to a
    /// <c>/</c>.</summary>
    public string CommonFolder
    {
        get
        {
            string before = _parts.Length == 0 ? "" : _parts[0].Literal;
            bool isWhole = _parts.Length == 0 || _parts[0].Variable is null;
            return isWhole ? before : before[..Math.Max(0, before.LastIndexOf('/'))];
        }
    }

    /// <summary>Reads it; whatever is no variable stands for itself.</summary>
    public static RowText Parse(string text)
    {
        var parts = new List<(string, RowVariable?)>();
        int at = 0;
        foreach (Match match in Variables().Matches(text))
        {
            parts.Add((text[at..match.Index], RowVariable.Of(match.Groups[1].Value, match.Groups[2].Value)));
            at = match.Index + match.Length;
        }

        if (at < text.Length)
        {
            parts.Add((text[at..], null));
        }

        return new RowText([.. parts]);
    }

    /// <summary>With the variables' own texts, as a service takes them.</summary>
    /// <exception cref="InvalidDataException">The item lacks one.</exception>
    public string Plain(ItemScope scope) => Fill(variable => variable.Plain(scope));

    /// <summary>With the variables' texts as they can stand in a path.</summary>
    /// <exception cref="InvalidDataException">The item lacks one.</exception>
    public string Path(ItemScope scope) => Fill(variable => variable.Path(scope));

    private string Fill(Func<RowVariable, string> of)
    {
        var text = new StringBuilder();
        foreach ((string literal, RowVariable? variable) in _parts)
        {
            text.Append(literal).Append(variable is null ? "" : of(variable));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\{([^{}|]+)(?:\|([a-z]+|[0-9]))?\}")]
    private static partial Regex Variables();
}
