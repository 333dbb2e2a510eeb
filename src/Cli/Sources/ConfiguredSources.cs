using JadaStore.Cli.Repositories;
using JadaStore.Collectors.AppsScript;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.S3;
using JadaStore.Store;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Sources;

/// <summary>Makes collectors of the <c>[[source]]</c> tables of a <c>jstore.toml</c>.</summary>
/// <param name="folder">Where the file lies; what it names is relative to it.</param>
/// <param name="workingFolder">Files of patterns on the command line are relative to it.</param>
/// <param name="rules">From the command line; what it leaves out is left out of every source.</param>
/// <param name="accesses">The ways into accounts.</param>
/// <param name="knownBuckets">The buckets that earlier snapshots have; asked for where none can be listed.</param>
internal sealed class ConfiguredSources(
    string folder, string workingFolder, FolderRules rules, AwsAccesses accesses,
    Func<CancellationToken, Task<IReadOnlyList<string>>> knownBuckets)
{
    /// <summary>Opens them; buckets and regions that globs choose are asked for.</summary>
    /// <remarks>Where an account does not list its buckets, those of earlier snapshots are taken, and a source that
    /// fails says why there may be more.</remarks>
    /// <exception cref="StoreException">A table chooses nothing.</exception>
    public async Task<IReadOnlyList<ChosenSource>> OpenAsync(
        IEnumerable<SourceTable> tables, CancellationToken cancellationToken)
    {
        var chosen = new List<ChosenSource>();
        foreach (SourceTable table in tables)
        {
            chosen.AddRange(table switch
            {
                LocalSourceTable local => [Folder(local)],
                S3SourceTable s3 => await BucketsAsync(s3, cancellationToken).ConfigureAwait(false),
                AwsSourceTable aws =>
                    await new AwsEstate(aws, accesses, rules.InstanceSnapshots).OpenAsync(cancellationToken)
                        .ConfigureAwait(false),
                AppsScriptSourceTable scripts => [Scripts(scripts)],
                _ => throw new ArgumentException($"There is no source of the kind {table.GetType()}.", nameof(tables)),
            });
        }

        return chosen;
    }

    private ChosenSource Folder(LocalSourceTable table)
    {
        var source = new SourceArgument(Path.GetFullPath(table.Path, folder), "local/" + table.Name);
        source.RefuseInside(rules.LeaveOut);
        FolderRules own = rules with { Exclude = [.. table.Exclude, .. rules.Exclude] };
        return source.Open(workingFolder, own, table.Name);
    }

    private async Task<IReadOnlyList<ChosenSource>> BucketsAsync(
        S3SourceTable table, CancellationToken cancellationToken)
    {
        AwsAccess access = accesses.Of(table.Access);
        StoreException? unlisted = null;
        IReadOnlyList<string> listed = [];
        if (table.Buckets.Any(NameGlob.IsGlob))
        {
            try
            {
                listed = await S3Account.BucketsAsync(access, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.Fault is StoreFault.SourceUnreachable)
            {
                unlisted = e;
                listed = await knownBuckets(cancellationToken).ConfigureAwait(false);
            }
        }

        IReadOnlyList<string> buckets = NameGlob.Choose(table.Buckets, table.ExcludeBuckets, listed);
        if (buckets.Count == 0 && unlisted is null)
        {
            throw new StoreException(
                StoreFault.NotFound,
                $"The source {table.Name} of {ConfigFile.Name} chooses none of the account's {listed.Count} buckets.");
        }

        FolderRules own = rules with
        {
            Exclude = [.. table.Exclude, .. rules.Exclude],
            AllVersions = rules.AllVersions ?? table.AllVersions,
            WithConfig = rules.WithConfig || table.Config,
        };
        IReadOnlyList<ChosenSource> chosen = [.. buckets.SelectMany(bucket =>
            new S3Source(bucket, table.Prefix).Open(table.Name, access, workingFolder, own))];
        return unlisted is not null ? [.. chosen, Unlisted(table, access, unlisted)]
            : table.Buckets.Any(NameGlob.IsGlob) ? Listed(chosen, listed, table, own)
            : chosen;
    }

    // Two tables may fail alike; what stands for their buckets has to have two names then.
    private static ChosenSource Unlisted(S3SourceTable table, AwsAccess access, StoreException why)
    {
        string root = table.Name is "s3" ? KnownBuckets.UnlistedRoot : $"{KnownBuckets.UnlistedRoot} ({table.Name})";
        return new ChosenSource(table.Name, "s3", $"s3://* ({access.Options.Profile ?? "all buckets"})",
            new UnreachableSource(root, why));
    }

    // An account that gives a bucket no more has lost it; one that is no longer asked for has not.
    private static IReadOnlyList<ChosenSource> Listed(
        IReadOnlyList<ChosenSource> chosen, IReadOnlyList<string> listed, S3SourceTable table, FolderRules rules)
    {
        bool Chooses(string root) =>
            root.Split('/', 2) is [var kind, var bucket]
            && kind switch { "s3" => true, "s3-config" => rules.WithConfig, "s3-versions" => rules.AllVersions == true, _ => false }
            && NameGlob.Choose(table.Buckets, table.ExcludeBuckets, [bucket]).Contains(bucket);
        IReadOnlyList<string> roots = [.. chosen.Select(one => one.Root)];
        IEnumerable<string> kinds = roots.Select(root => root.Split('/', 2)[0]).Distinct();
        var listing = new SourceListing(table.Name, roots, Chooses)
        {
            LeftOut = [.. kinds.SelectMany(kind => listed.Select(bucket => $"{kind}/{bucket}")).Except(roots)],
        };
        return [.. chosen.Select(one => one with { Listing = listing })];
    }

    private ChosenSource Scripts(AppsScriptSourceTable table)
    {
        var options = new AppsScriptOptions
        {
            Scripts = table.Scripts,
            All = table.All,
            Folders = [.. table.Folders.Select(one => Path.GetFullPath(one, folder))],
            AllVersions = table.AllVersions,
            Prefix = table.Prefix,
            Credentials = table.Credentials is { } file ? Path.GetFullPath(file, folder) : null,
            User = table.User ?? "default",
            LeaveOut = rules.LeaveOut,
        };
        string[] places =
        [
            .. table.All ? (string[])["all that Drive lists"] : [],
            .. table.Scripts.Select(script => script.Name ?? script.Id),
            .. options.Folders,
        ];
        return new ChosenSource(
            table.Name, "apps-script", string.Join(", ", places), new AppsScriptSource(options));
    }
}
