using System.Text.Json;

namespace JadaStore.Cli.Patches;

/// <summary>Two JSON documents compared member by member, where lines would say nothing.</summary>
internal static class JsonDifference
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 256 };

    /// <summary>
    /// Finds the members that differ, as <c>path: old → new</c>; only for documents that stand on a single line each,
    /// or are equal but for the order of members and white space.
    /// </summary>
    /// <returns>False when a diff of lines says more: no JSON, or JSON that is laid out in lines.</returns>
    public static bool TryFind(string old, string made, out IReadOnlyList<string> members)
    {
        members = [];
        bool looksRight = LooksLikeDocument(old) && LooksLikeDocument(made);
        if (!looksRight)
        {
            return false;
        }

        try
        {
            using JsonDocument a = JsonDocument.Parse(old, Strict);
            using JsonDocument b = JsonDocument.Parse(made, Strict);
            var found = new List<string>();
            Compare("", a.RootElement, b.RootElement, found);
            members = found.Count > 0 ? found : ["(only the order of members or the layout differs)"];
            return found.Count == 0 || (IsSingleLine(old) && IsSingleLine(made));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a name that is half of a surrogate pair.
            return false;
        }
    }

    private static bool LooksLikeDocument(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        return !start.IsEmpty && start[0] is '{' or '[';
    }

    private static bool IsSingleLine(string text) => text.AsSpan().TrimEnd().IndexOf('\n') < 0;

    private static void Compare(string path, JsonElement old, JsonElement made, List<string> found)
    {
        if (JsonElement.DeepEquals(old, made))
        {
            return;
        }

        switch (old.ValueKind, made.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareObjects(path, old, made, found);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                CompareArrays(path, old, made, found);
                break;
            default:
                found.Add($"{Name(path)}: {old.GetRawText()} → {made.GetRawText()}");
                break;
        }
    }

    private static void CompareObjects(string path, JsonElement old, JsonElement made, List<string> found)
    {
        IEnumerable<string> names = old.EnumerateObject().Concat(made.EnumerateObject())
            .Select(member => member.Name).Distinct().Order(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string below = path.Length == 0 ? name : $"{path}.{name}";
            Members(below, Member(old, name), Member(made, name), found);
        }
    }

    private static void CompareArrays(string path, JsonElement old, JsonElement made, List<string> found)
    {
        int length = Math.Max(old.GetArrayLength(), made.GetArrayLength());
        for (int i = 0; i < length; i++)
        {
            JsonElement? a = i < old.GetArrayLength() ? old[i] : null;
            JsonElement? b = i < made.GetArrayLength() ? made[i] : null;
            Members($"{path}[{i}]", a, b, found);
        }
    }

    private static void Members(string path, JsonElement? old, JsonElement? made, List<string> found)
    {
        switch (old, made)
        {
            case ({ } a, { } b):
                Compare(path, a, b, found);
                break;
            case ({ } a, null):
                found.Add($"{path}: {a.GetRawText()} → (removed)");
                break;
            case (null, { } b):
                found.Add($"{path}: (added) → {b.GetRawText()}");
                break;
        }
    }

    private static JsonElement? Member(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string Name(string path) => path.Length == 0 ? "(document)" : path;
}
