using System.Text.Json;

namespace JadaStore.Cli.Estate;

/// <summary>The member by which the objects of a list are known: an id, a name, a key.</summary>
internal static class ElementKey
{
    // What services call it, the surest first.
    private static readonly string[] Usual =
    [
        "Id", "ID", "id", "Key", "key", "TagKey", "Name", "name", "Arn", "ARN", "arn", "Sid", "PathPattern",
        "IndexName", "AttributeName", "PolicyName", "PolicyArn",
    ];

    private static readonly string[] Endings = ["Id", "Name", "Arn", "Key"];

    /// <summary>
    /// The member that every element of both lists has, with another value in each element of a list; null where there
    /// is none.
    /// </summary>
    public static string? Of(IReadOnlyList<JsonElement> before, IReadOnlyList<JsonElement> after)
    {
        JsonElement first = before.Concat(after).FirstOrDefault();
        if (first.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        IEnumerable<string> others = first.EnumerateObject().Select(member => member.Name)
            .Where(name => Endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal);
        return Usual.Concat(others).FirstOrDefault(key => Tells(before, key) && Tells(after, key));
    }

    /// <summary>What the member holds in an element; null where it cannot name one.</summary>
    public static string? ValueOf(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static bool Tells(IReadOnlyList<JsonElement> elements, string key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return elements.All(element => ValueOf(element, key) is { } value && seen.Add(value));
    }
}
