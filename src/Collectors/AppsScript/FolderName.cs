namespace JadaStore.Collectors.AppsScript;

/// <summary>Names of folders that are made of titles.</summary>
internal static class FolderName
{
    private const int Longest = 200;

    /// <summary>The title as one name: <c>/</c>, <c>%</c>, NUL and a dot at its start become <c>%XX</c>; a long one
    /// is cut.</summary>
    /// <param name="title">Any text.</param>
    /// <param name="id">Stands in for a title that is empty, and behind one that was cut.</param>
    public static string Of(string title, string id)
    {
        if (title.Length == 0)
        {
            return id;
        }

        string name = Escape(title);
        name = name[0] == '.' ? "%2E" + name[1..] : name;
        return name.Length <= Longest ? name : $"{Cut(name)}~{id}";
    }

    /// <summary>Names for all, each another: where several titles are the same, <c>~</c> and the id stand behind
    /// each.</summary>
    public static IReadOnlyList<string> Distinct(IReadOnlyList<(string Title, string Id)> all)
    {
        string[] names = [.. all.Select(one => Of(one.Title, one.Id))];
        var count = names.CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int at = 0; at < names.Length; at++)
        {
            string stem = count[names[at]] == 1 ? names[at] : $"{names[at]}~{all[at].Id}";
            names[at] = stem;
            for (int again = 2; !taken.Add(names[at]); again++)
            {
                names[at] = $"{stem}~{again}";
            }
        }

        return names;
    }

    /// <summary>What would be more than one name, as one.</summary>
    public static string Escape(string name) => name
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("/", "%2F", StringComparison.Ordinal)
        .Replace("\0", "%00", StringComparison.Ordinal);

    private static string Cut(string name) =>
        char.IsHighSurrogate(name[Longest - 1]) ? name[..(Longest - 1)] : name[..Longest];
}
