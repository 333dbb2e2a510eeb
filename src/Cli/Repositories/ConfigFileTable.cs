using System.Globalization;
using Tomlyn.Parsing;

namespace JadaStore.Cli.Repositories;

/// <summary>Takes the keys of a table one by one, and notes what is wrong with them.</summary>
/// <param name="node">The table.</param>
/// <param name="problems">What is wrong, with its line; added to.</param>
internal sealed class ConfigFileTable(ConfigFileNode node, List<(int Line, string Problem)> problems)
{
    private readonly List<string> _known = [];

    /// <summary>Where it begins.</summary>
    public int Line => node.Line;

    /// <summary>Where a key stands; where the table begins when it is missing.</summary>
    public int LineOf(string key) => node.Members.Where(member => member.Key == key)
        .Select(member => member.Line).FirstOrDefault(node.Line);

    /// <summary>Text; null when the key is missing or of another kind.</summary>
    public string? Text(string key)
    {
        ConfigFileNode? found = Take(key, TomlParseEventKind.String);
        if (found is { Text: "" })
        {
            Problem(found.Line, $"`{key}` is empty");
            return null;
        }

        return found?.Text;
    }

    /// <summary>One of the words; null when the key is missing or says something else.</summary>
    public string? Word(string key, params ReadOnlySpan<string> words)
    {
        if (Take(key, TomlParseEventKind.String) is not { } found)
        {
            return null;
        }

        if (words.Contains(found.Text))
        {
            return found.Text;
        }

        string[] quoted = [.. words.ToArray().Select(word => $"\"{word}\"")];
        string can = $"{string.Join(", ", quoted[..^1])} or {quoted[^1]}";
        Problem(found.Line, $"`{key}` is \"{found.Text}\"; it can be {can}");
        return null;
    }

    /// <summary>True or false; null when the key is missing or of another kind.</summary>
    public bool? Flag(string key) => Take(key, TomlParseEventKind.Boolean)?.Flag;

    /// <summary>A whole number; null when the key is missing or of another kind.</summary>
    public long? Number(string key) => Take(key, TomlParseEventKind.Integer) is not { } found ? null
        : long.TryParse(found.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : null;

    /// <summary>A whole number as text, or text; null when the key is missing or of another kind.</summary>
    public string? NumberOrText(string key) =>
        node.Members.Find(member => member.Key == key).Value?.Kind == TomlParseEventKind.Integer
            ? Take(key, TomlParseEventKind.Integer)?.Text
            : Text(key);

    /// <summary>The table <c>[key]</c>; null when it is missing or something else.</summary>
    public ConfigFileTable? Table(string key) =>
        Take(key, TomlParseEventKind.StartTable) is { } found ? new ConfigFileTable(found, problems) : null;

    /// <summary>A list of texts; null when the key is missing or of another kind.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        if (Take(key, TomlParseEventKind.StartArray) is not { } found)
        {
            return null;
        }

        foreach (ConfigFileNode item in found.Items)
        {
            if (item.Kind != TomlParseEventKind.String || item.Text.Length == 0)
            {
                string what = item.Kind == TomlParseEventKind.String ? "empty text" : item.KindName;
                Problem(item.Line, $"`{key}` is a list of texts, and holds {what}");
            }
        }

        return [.. found.Items.Select(item => item.Text).Where(text => text.Length > 0)];
    }

    /// <summary>The tables of a <c>[[key]]</c>, in order.</summary>
    public IReadOnlyList<ConfigFileTable> Tables(string key)
    {
        if (Take(key, TomlParseEventKind.StartArray) is not { } found)
        {
            return [];
        }

        foreach (ConfigFileNode item in found.Items.Where(item => item.Kind != TomlParseEventKind.StartTable))
        {
            Problem(item.Line, $"`{key}` is written as [[{key}]], and holds {item.KindName}");
        }

        IEnumerable<ConfigFileNode> tables = found.Items.Where(item => item.Kind == TomlParseEventKind.StartTable);
        return [.. tables.Select(item => new ConfigFileTable(item, problems))];
    }

    /// <summary>Notes a problem.</summary>
    public void Problem(int line, string problem) => problems.Add((line, problem));

    /// <summary>Notes each key that nobody took.</summary>
    /// <param name="what">The table, for a message.</param>
    public void RefuseTheRest(string what)
    {
        foreach ((string key, int line, _) in node.Members.Where(member => !_known.Contains(member.Key)))
        {
            Problem(line, $"`{key}` means nothing in {what}; known are {string.Join(", ", _known)}");
        }
    }

    private ConfigFileNode? Take(string key, TomlParseEventKind kind)
    {
        _known.Add(key);
        ConfigFileNode? found = null;
        foreach ((_, int line, ConfigFileNode value) in node.Members.Where(member => member.Key == key))
        {
            if (found is not null)
            {
                Problem(line, $"`{key}` comes twice");
            }
            else if (value.Kind != kind)
            {
                Problem(line, $"`{key}` is {value.KindName}; it has to be {new ConfigFileNode(kind, 0).KindName}");
            }

            found ??= value;
        }

        return found?.Kind == kind ? found : null;
    }
}
