using System.IO.Enumeration;

namespace JadaStore.Cli.Sources;

/// <summary>Which buckets, services or regions are meant: names, and globs of <c>*</c> and <c>?</c>.</summary>
internal static class NameGlob
{
    /// <summary>Whether it may stand for more than one name, or none.</summary>
    public static bool IsGlob(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>The names that are chosen, sorted, each once.</summary>
    /// <param name="include">What is meant; a name is meant whether it is listed or not: a bucket may be another
    /// account's.</param>
    /// <param name="exclude">What is not.</param>
    /// <param name="listed">All that there are; empty where <paramref name="include"/> has no globs.</param>
    public static IReadOnlyList<string> Choose(
        IReadOnlyList<string> include, IReadOnlyList<string> exclude, IReadOnlyList<string> listed) =>
    [
        .. listed.Where(name => include.Any(glob => Matches(glob, name)))
            .Concat(include.Where(name => !IsGlob(name)))
            .Where(name => !exclude.Any(glob => Matches(glob, name)))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static bool Matches(string glob, string name) =>
        FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: false);
}
