using System.IO.Enumeration;

namespace JadaStore.Cli.Sources;

/// <summary>Which buckets are meant: names, and globs of <c>*</c> and <c>?</c>.</summary>
internal static class BucketGlob
{
    /// <summary>Whether it may stand for more than one bucket, or none.</summary>
    public static bool IsGlob(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>The buckets that are chosen, sorted, each once.</summary>
    /// <param name="include">What is meant; a name is meant whether it is listed or not: it may be another
    /// account's.</param>
    /// <param name="exclude">What is not.</param>
    /// <param name="listed">Those of the account; empty where <paramref name="include"/> has no globs.</param>
    public static IReadOnlyList<string> Choose(
        IReadOnlyList<string> include, IReadOnlyList<string> exclude, IReadOnlyList<string> listed) =>
    [
        .. listed.Where(bucket => include.Any(glob => Matches(glob, bucket)))
            .Concat(include.Where(name => !IsGlob(name)))
            .Where(bucket => !exclude.Any(glob => Matches(glob, bucket)))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static bool Matches(string glob, string bucket) =>
        FileSystemName.MatchesSimpleExpression(glob, bucket, ignoreCase: false);
}
