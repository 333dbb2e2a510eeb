using System.Text.Json;

namespace JadaStore.Cli.Estate;

/// <summary>Two lists compared as sets.</summary>
/// <remarks>
/// Objects belong together that have the same name (<see cref="ElementKey"/>), other elements that are equal, each as
/// often as it is there. Of what is left, a single one on either side counts as changed. Lists of the same elements in
/// another order differ in that alone: a collector has sorted those that have no order.
/// </remarks>
internal static class ListDifference
{
    /// <summary>Adds what differs; at least one change.</summary>
    public static void Compare(MemberPath path, JsonElement old, JsonElement made, List<MemberChange> found)
    {
        int start = found.Count;
        List<JsonElement> before = [.. old.EnumerateArray()], after = [.. made.EnumerateArray()];
        if (ElementKey.Of(before, after) is { } key)
        {
            CompareNamed(path, key, before, after, found);
        }
        else
        {
            CompareEqual(path, before, after, found);
        }

        if (found.Count == start)
        {
            found.Add(new MemberChange(path, old, made, IsReordered: true));
        }
    }

    private static void CompareNamed(
        MemberPath path, string key, List<JsonElement> before, List<JsonElement> after, List<MemberChange> found)
    {
        Dictionary<string, JsonElement> old = before.ToDictionary(element => ElementKey.ValueOf(element, key)!);
        Dictionary<string, JsonElement> made = after.ToDictionary(element => ElementKey.ValueOf(element, key)!);
        foreach (string name in old.Keys.Union(made.Keys).Order(StringComparer.Ordinal))
        {
            MemberPath below = path.Element(key, name);
            bool was = old.TryGetValue(name, out JsonElement a), isNow = made.TryGetValue(name, out JsonElement b);
            if (was && isNow)
            {
                MemberDifference.Compare(below, a, b, found);
            }
            else
            {
                found.Add(new MemberChange(below, was ? a : null, isNow ? b : null));
            }
        }
    }

    private static void CompareEqual(
        MemberPath path, List<JsonElement> before, List<JsonElement> after, List<MemberChange> found)
    {
        (List<JsonElement> gone, List<JsonElement> come) = WithoutEqual(before, after);
        if (gone is [var a] && come is [var b])
        {
            MemberDifference.Compare(IsScalar(a) && IsScalar(b) ? path : path.Element(), a, b, found);
            return;
        }

        found.AddRange(gone.Select(element => new MemberChange(PathOf(path, element), element, null)));
        found.AddRange(come.Select(element => new MemberChange(PathOf(path, element), null, element)));
    }

    // What only one of them has, in its order; an element that is there twice needs two equal ones.
    private static (List<JsonElement> Gone, List<JsonElement> Come) WithoutEqual(
        List<JsonElement> before, List<JsonElement> after)
    {
        var left = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement element in before)
        {
            string text = ElementText.Of(element);
            left[text] = left.GetValueOrDefault(text) + 1;
        }

        List<JsonElement> come = [.. after.Where(element => !Take(left, element))];
        return ([.. before.Where(element => Take(left, element))], come);
    }

    private static bool Take(Dictionary<string, int> left, JsonElement element)
    {
        string text = ElementText.Of(element);
        int count = left.GetValueOrDefault(text);
        left[text] = Math.Max(0, count - 1);
        return count > 0;
    }

    private static MemberPath PathOf(MemberPath list, JsonElement element) => IsScalar(element) ? list : list.Element();

    private static bool IsScalar(JsonElement element) =>
        element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
}
