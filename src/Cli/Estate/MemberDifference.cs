using System.Text.Json;

namespace JadaStore.Cli.Estate;

/// <summary>Two JSON documents compared member by member; lists as sets.</summary>
/// <remarks>The result does not depend on the order of members. Elements stay usable as long as their documents
/// are.</remarks>
internal static class MemberDifference
{
    /// <summary>The members that differ, sorted by name; none when the documents are equal.</summary>
    public static IReadOnlyList<MemberChange> Find(JsonElement old, JsonElement made)
    {
        var found = new List<MemberChange>();
        Compare(MemberPath.Document, old, made, found);
        return found;
    }

    /// <summary>Adds what differs at or below a path.</summary>
    public static void Compare(MemberPath path, JsonElement old, JsonElement made, List<MemberChange> found)
    {
        if (JsonElement.DeepEquals(old, made))
        {
            return;
        }

        switch (old.ValueKind, made.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareMembers(path, old, made, found);
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                ListDifference.Compare(path, old, made, found);
                break;
            default:
                found.Add(new MemberChange(path, old, made));
                break;
        }
    }

    private static void CompareMembers(MemberPath path, JsonElement old, JsonElement made, List<MemberChange> found)
    {
        IEnumerable<string> names = old.EnumerateObject().Concat(made.EnumerateObject())
            .Select(member => member.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (string name in names)
        {
            MemberPath below = path.Member(name);
            bool before = old.TryGetProperty(name, out JsonElement a);
            bool after = made.TryGetProperty(name, out JsonElement b);
            if (before && after)
            {
                Compare(below, a, b, found);
            }
            else
            {
                found.Add(new MemberChange(below, before ? a : null, after ? b : null));
            }
        }
    }
}
