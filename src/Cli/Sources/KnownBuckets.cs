using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>The buckets that were captured before, for when the account does not say which it has.</summary>
internal static class KnownBuckets
{
    private const string Kind = "s3/";

    /// <summary>What stands for the buckets that nobody could list; no bucket can be called so.</summary>
    public const string UnlistedRoot = Kind + "*";

    /// <summary>Their names, of the newest snapshot that has any; none where there is no repository yet.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(
        Run run, string repository, CancellationToken cancellationToken)
    {
        if (!Repository.Exists(repository))
        {
            return [];
        }

        await using Repository opened = await run.OpenAsync(repository, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = await opened.ListAsync(cancellationToken).ConfigureAwait(false);
        return [.. snapshots.Reverse().Select(BucketsOf).FirstOrDefault(buckets => buckets.Count > 0) ?? []];
    }

    private static List<string> BucketsOf(Snapshot snapshot) =>
    [
        .. snapshot.Record.Sources.Select(source => source.Root)
            .Where(root => root.StartsWith(Kind, StringComparison.Ordinal) && !root.StartsWith(UnlistedRoot, StringComparison.Ordinal))
            .Select(root => root[Kind.Length..]),
    ];
}
