using JadaStore.Cli.Repositories;
using JadaStore.Collectors.AppsScript;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.S3.Config;
using JadaStore.Store;

namespace JadaStore.Cli.Sources;

/// <summary>Makes collectors of the <c>[[source]]</c> tables of a <c>jstore.toml</c>.</summary>
/// <param name="folder">Where the file lies; what it names is relative to it.</param>
/// <param name="workingFolder">Files of patterns on the command line are relative to it.</param>
/// <param name="rules">From the command line; what it leaves out is left out of every source.</param>
/// <param name="accesses">The ways into accounts.</param>
internal sealed class ConfiguredSources(
    string folder, string workingFolder, FolderRules rules, AwsAccesses accesses)
{
    /// <summary>Opens them; buckets and regions that globs choose are asked for.</summary>
    /// <exception cref="StoreException">The buckets of an account cannot be listed, or none is chosen.</exception>
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
                    await new AwsEstate(aws, accesses).OpenAsync(cancellationToken).ConfigureAwait(false),
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
        AwsAccess access = accesses.Of(new AwsOptions
        {
            Profile = table.Profile,
            Region = table.Region,
            EndpointUrl = table.EndpointUrl,
            PathStyle = table.PathStyle,
        });
        IReadOnlyList<string> listed = table.Buckets.Any(NameGlob.IsGlob)
            ? await S3Account.BucketsAsync(access, cancellationToken).ConfigureAwait(false)
            : [];
        IReadOnlyList<string> buckets = NameGlob.Choose(table.Buckets, table.ExcludeBuckets, listed);
        if (buckets.Count == 0)
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
        var chosen = new List<ChosenSource>();
        foreach (string bucket in buckets)
        {
            chosen.AddRange(new S3Source(bucket, table.Prefix).Open(table.Name, access, workingFolder, own));
            if (table.Config)
            {
                string place = new S3Source(bucket, "").ToString();
                chosen.Add(new ChosenSource(table.Name, "s3-config", place, new S3BucketConfig(access, bucket)));
            }
        }

        return chosen;
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
