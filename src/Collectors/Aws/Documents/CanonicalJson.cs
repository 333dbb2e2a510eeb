using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Documents;

/// <summary>JSON as it is stored: equal values give equal bytes, and a line diff reads well.</summary>
/// <remarks>
/// Members in the order of their names' code points, lists in their own order, four spaces a level as the AWS CLI
/// prints them, numbers as they were written, only what must be escaped escaped, a line feed at the end. UTF-8 without
/// a mark.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>The bytes of a value.</summary>
    public static byte[] Write(JsonNode? value) => Write(value, sorted: true);

    /// <summary>The bytes of a value, members in their own order: for documents that a person wrote.</summary>
    public static byte[] WriteInOrder(JsonNode? value) => Write(value, sorted: false);

    private static byte[] Write(JsonNode? value, bool sorted)
    {
        var text = new StringBuilder();
        Append(text, value, 0, sorted);
        text.Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonNode? value, int depth, bool sorted)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                IEnumerable<KeyValuePair<string, JsonNode?>> order =
                    sorted ? members.OrderBy(member => member.Key, CodePointOrder.Instance) : members;
                Block(text, '{', '}', order, depth, member =>
                {
                    Append(text, member.Key);
                    text.Append(": ");
                    Append(text, member.Value, depth + 1, sorted);
                });
                break;
            case JsonArray items:
                Block(text, '[', ']', items, depth, item => Append(text, item, depth + 1, sorted));
                break;
            default:
                if (value.GetValueKind() == JsonValueKind.String)
                {
                    Append(text, value.GetValue<string>());
                }
                else
                {
                    text.Append(value.ToJsonString());
                }

                break;
        }
    }

    private static void Block<T>(
        StringBuilder text, char open, char close, IEnumerable<T> items, int depth, Action<T> append)
    {
        text.Append(open);
        bool any = false;
        foreach (T item in items)
        {
            text.Append(any ? ",\n" : "\n").Append(' ', 4 * (depth + 1));
            append(item);
            any = true;
        }

        if (any)
        {
            text.Append('\n').Append(' ', 4 * depth);
        }

        text.Append(close);
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool pair = char.IsSurrogatePair(value, i);
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case < ' ':
                    Escape(text, c);
                    break;
                default:
                    // Half a pair has no UTF-8 of its own.
                    if (char.IsSurrogate(c) && !pair)
                    {
                        Escape(text, c);
                        break;
                    }

                    text.Append(c);
                    if (pair)
                    {
                        text.Append(value[++i]);
                    }

                    break;
            }
        }

        text.Append('"');
    }

    private static void Escape(StringBuilder text, char c) =>
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
