using Tomlyn.Parsing;

namespace JadaStore.Cli.Repositories;

/// <summary>A value of a <c>jstore.toml</c>, and where it stands.</summary>
/// <param name="kind"><see cref="TomlParseEventKind.StartTable"/> for a table, <see
/// cref="TomlParseEventKind.StartArray"/> for a list, else the kind of single value.</param>
/// <param name="line">From 1; 0 where the parser gives none.</param>
internal sealed class ConfigFileNode(TomlParseEventKind kind, int line)
{
    /// <summary>What it is.</summary>
    public TomlParseEventKind Kind => kind;

    /// <summary>From 1; of a table that of its first key, where the parser does not say where it begins.</summary>
    public int Line => line > 0 ? line : Members.Count > 0 ? Members[0].Line : 1;

    /// <summary>Of text, and of a whole number its digits; empty for all else.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of a truth value; false for all else.</summary>
    public bool Flag { get; init; }

    /// <summary>Of a list, in order.</summary>
    public List<ConfigFileNode> Items { get; } = [];

    /// <summary>Of a table, in order; a key may come twice here, and is a mistake then.</summary>
    public List<(string Key, int Line, ConfigFileNode Value)> Members { get; } = [];

    /// <summary>What it is, for a message.</summary>
    public string KindName => kind switch
    {
        TomlParseEventKind.StartTable => "a table",
        TomlParseEventKind.StartArray => "a list",
        TomlParseEventKind.String => "text",
        TomlParseEventKind.Boolean => "true or false",
        TomlParseEventKind.DateTime => "a date",
        _ => "a number",
    };
}
