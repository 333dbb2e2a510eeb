using JadaStore.Store.Model;

namespace JadaStore.Store.Retention;

/// <summary>
/// What rules are applied to: a folder for itself, buckets together, each service of an account. So that one that is
/// captured every hour does not push out another that is captured every week.
/// </summary>
internal static class Series
{
    private const string Folders = "local/";

    /// <summary>The series of a source: <c>local/tools</c> is one, <c>s3/sailjada.com</c> is of <c>s3</c>.</summary>
    public static string Of(string root) =>
        root.StartsWith(Folders, StringComparison.Ordinal) ? root : root.Split('/', 2)[0];

    /// <summary>All series of a snapshot, sorted, each once.</summary>
    public static IReadOnlyList<string> Of(Snapshot snapshot) =>
    [
        .. snapshot.Record.Sources.Select(source => Of(source.Root)).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Some of them on a line: <c>acm, lambda, s3 and 12 more</c>.</summary>
    public static string Listed(IReadOnlyList<string> names)
    {
        const int Shown = 3;
        string first = string.Join(", ", names.Take(Shown));
        return names.Count > Shown ? $"{first} and {names.Count - Shown} more" : first;
    }
}
