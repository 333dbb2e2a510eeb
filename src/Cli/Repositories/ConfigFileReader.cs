using System.Globalization;
using Tomlyn;
using Tomlyn.Parsing;

namespace JadaStore.Cli.Repositories;

/// <summary>Reads TOML event by event: mapping onto objects needs reflection.</summary>
internal static class ConfigFileReader
{
    /// <summary>The whole file as a table.</summary>
    /// <exception cref="TomlException">It is not TOML.</exception>
    public static ConfigFileNode Read(string toml)
    {
        var parser = TomlParser.Create(toml);
        ConfigFileNode? root = null;
        var open = new Stack<ConfigFileNode>();
        (string Key, int Line) name = ("", 0);
        while (MoveNext(parser))
        {
            TomlParseEvent at = parser.Current;
            switch (at.Kind)
            {
                case TomlParseEventKind.PropertyName:
                    name = (parser.GetPropertyName(), at.Line);
                    break;
                case TomlParseEventKind.EndTable or TomlParseEventKind.EndArray:
                    open.Pop();
                    break;
                case TomlParseEventKind.StartTable or TomlParseEventKind.StartArray:
                    ConfigFileNode holder = Add(open, name, new ConfigFileNode(at.Kind, at.Line));
                    root ??= holder;
                    open.Push(holder);
                    break;
                case TomlParseEventKind.String:
                    Add(open, name, new ConfigFileNode(at.Kind, at.Line) { Text = parser.GetString() });
                    break;
                case TomlParseEventKind.Boolean:
                    Add(open, name, new ConfigFileNode(at.Kind, at.Line) { Flag = at.GetBoolean() });
                    break;
                case TomlParseEventKind.Integer:
                    string number = at.GetInt64().ToString(CultureInfo.InvariantCulture);
                    Add(open, name, new ConfigFileNode(at.Kind, at.Line) { Text = number });
                    break;
                case TomlParseEventKind.Float or TomlParseEventKind.DateTime:
                    Add(open, name, new ConfigFileNode(at.Kind, at.Line));
                    break;
            }
        }

        return root ?? new ConfigFileNode(TomlParseEventKind.StartTable, 1);
    }

    // Of some escapes that mean no letter the parser says so with an exception of another kind.
    private static bool MoveNext(TomlParser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or ArithmeticException)
        {
            throw new TomlException($"a text with an escape that means no letter, or a number that is none, behind line {parser.Current.Line}", e);
        }
    }

    private static ConfigFileNode Add(Stack<ConfigFileNode> open, (string Key, int Line) name, ConfigFileNode node)
    {
        if (!open.TryPeek(out ConfigFileNode? holder))
        {
            return node;
        }

        if (holder.Kind == TomlParseEventKind.StartArray)
        {
            holder.Items.Add(node);
            return node;
        }

        // `[[name]]` again, after something else, goes on with the same list.
        int again = holder.Members.FindIndex(member => member.Key == name.Key && IsListOfTables(member.Value));
        if (again >= 0 && node.Kind == TomlParseEventKind.StartArray)
        {
            return holder.Members[again].Value;
        }

        holder.Members.Add((name.Key, name.Line, node));
        return node;
    }

    private static bool IsListOfTables(ConfigFileNode node) =>
        node.Kind == TomlParseEventKind.StartArray
            && node.Items.Exists(item => item.Kind == TomlParseEventKind.StartTable);
}
