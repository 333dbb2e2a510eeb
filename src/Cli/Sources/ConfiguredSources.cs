using JadaStore.Cli.Repositories;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.S3.Config;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Sources;

/// <summary>Makes collectors of the <c>[[source]]</c> tables of a <c>jstore.toml</c>.</summary>
/// <param name="config">The file.</param>
/// <param name="workingFolder">Files of patterns on the command line are relative to it.</param>
/// <param name="rules">From the command line; what it leaves out is left out of every source.</param>
/// <param name="aws">From the command line; wins over what a table says.</param>
internal sealed class ConfiguredSources(ConfigFile config, string workingFolder, FolderRules rules, AwsOptions aws)
{
    // One way into an account however many tables lead there, so that one bound holds for all its requests.
    private readonly Dictionary<AwsOptions, AwsAccess> _accesses = [];

    /// <summary>Opens them; buckets that globs choose are asked for.</summary>
    /// <exception cref="StoreException">The buckets of an account cannot be listed, none is chosen, or two tables
    /// choose the same.</exception>
    public async Task<IReadOnlyList<ICollector>> OpenAsync(
        IEnumerable<SourceTable> tables, CancellationToken cancellationToken)
    {
        var collectors = new List<ICollector>();
        foreach (SourceTable table in tables)
        {
            switch (table)
            {
                case LocalSourceTable local:
                    collectors.Add(Folder(local));
                    break;
                case S3SourceTable s3:
                    collectors.AddRange(await BucketsAsync(s3, cancellationToken).ConfigureAwait(false));
                    break;
            }
        }

        IGrouping<string, ICollector>? twice =
            collectors.GroupBy(collector => collector.Root).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? collectors
            : throw new StoreException(
                StoreFault.Refused,
                $"Two sources of {ConfigFile.Name} both take {twice.Key}; leave it out of one of them.");
    }

    private ICollector Folder(LocalSourceTable table)
    {
        var source = new SourceArgument(Path.GetFullPath(table.Path, config.Folder), "local/" + table.Name);
        source.RefuseInside(rules.LeaveOut);
        return FolderSource.Open(source, workingFolder, rules with { Exclude = [.. table.Exclude, .. rules.Exclude] });
    }

    private async Task<IReadOnlyList<ICollector>> BucketsAsync(S3SourceTable table, CancellationToken cancellationToken)
    {
        AwsAccess access = Access(table);
        IReadOnlyList<string> listed = table.Buckets.Any(BucketGlob.IsGlob)
            ? await S3Account.BucketsAsync(access, cancellationToken).ConfigureAwait(false)
            : [];
        IReadOnlyList<string> chosen = BucketGlob.Choose(table.Buckets, table.ExcludeBuckets, listed);
        if (chosen.Count == 0)
        {
            throw new StoreException(
                StoreFault.NotFound,
                $"The source {table.Name} of {ConfigFile.Name} chooses none of the account's {listed.Count} buckets.");
        }

        FolderRules own = rules with
        {
            Exclude = [.. table.Exclude, .. rules.Exclude],
            AllVersions = rules.AllVersions ?? table.AllVersions,
        };
        var collectors = new List<ICollector>();
        foreach (string bucket in chosen)
        {
            collectors.AddRange(new S3Source(bucket, table.Prefix).Open(access, workingFolder, own));
            if (table.Config)
            {
                collectors.Add(new S3BucketConfig(access, bucket));
            }
        }

        return collectors;
    }

    private AwsAccess Access(S3SourceTable table)
    {
        var options = new AwsOptions
        {
            Profile = aws.Profile ?? table.Profile,
            Region = aws.Region ?? table.Region,
            EndpointUrl = aws.EndpointUrl ?? table.EndpointUrl,
            PathStyle = aws.PathStyle ?? table.PathStyle,
        };
        if (!_accesses.TryGetValue(options, out AwsAccess? access))
        {
            _accesses.Add(options, access = new AwsAccess(options));
        }

        return access;
    }
}
