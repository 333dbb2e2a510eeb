using JadaStore.Collectors.Aws.Services;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Sources;

/// <summary>Which sources may not grow old unseen, whatever else is taken.</summary>
/// <remarks>
/// Where <c>jstore.toml</c> lists sources, those: one that is taken out of it is dropped for good. Else those that were
/// taken lately; one that was not for that long was dropped.
/// </remarks>
/// <param name="tables">
/// The sources of <c>jstore.toml</c>; empty where it has none, or is for another repository.
/// </param>
internal sealed class WatchedSources(IReadOnlyList<SourceTable> tables)
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <summary>Those that are watched.</summary>
    /// <param name="all">Of the repository.</param>
    /// <param name="maxAge">How old they may be: four times that, and 30 days at least, is lately.</param>
    /// <param name="now">The time.</param>
    public IEnumerable<SourceAge> Of(IReadOnlyList<SourceAge> all, CalendarSpan maxAge, DateTimeOffset now)
    {
        DateTimeOffset from = maxAge.Before(maxAge.Before(maxAge.Before(maxAge.Before(now))));
        from = from < now - Lately ? from : now - Lately;
        return tables.Count == 0
            ? all.Where(one => one.Newest.Record.Time >= from)
            : all.Where(one => tables.Any(table => Chooses(table, one)));
    }

    /// <summary>Roots that are listed by name and that no snapshot has.</summary>
    public IEnumerable<string> Missing(IReadOnlyList<SourceAge> all) =>
        tables.SelectMany(Named).Distinct().Where(root => !all.Any(one => one.Root == root));

    private static bool Chooses(SourceTable table, SourceAge source) => table switch
    {
        S3SourceTable s3 => source.Root.Split('/', 2) is [var kind, var bucket]
            && kind switch { "s3" => true, "s3-config" => s3.Config, "s3-versions" => s3.AllVersions, _ => false }
            && NameGlob.Choose(s3.Buckets, s3.ExcludeBuckets, [bucket]).Contains(bucket),
        AwsSourceTable aws => AwsEstate.ServicesOf(aws).Any(service => RootOf(aws.Prefix, service) == source.Root)
            && (source.Region is not { } region || (NameGlob.Choose(aws.Regions, [], [region]).Contains(region)
                && !Excludes(aws, source.Root, region))),
        _ => Named(table).Contains(source.Root),
    };

    // Of what globs choose nobody knows here whether there is any.
    private static IEnumerable<string> Named(SourceTable table) => table switch
    {
        LocalSourceTable local => ["local/" + local.Name],
        S3SourceTable s3 => NameGlob.Choose(s3.Buckets, s3.ExcludeBuckets, []).Select(bucket => "s3/" + bucket),
        AwsSourceTable aws => NameGlob.Choose(aws.Services, aws.ExcludeServices, [])
            .Where(AwsServices.Names.Contains).Select(service => RootOf(aws.Prefix, service)),
        AppsScriptSourceTable scripts => [RootOf(scripts.Prefix, "apps-script")],
        _ => [],
    };

    private static bool Excludes(AwsSourceTable aws, string root, string region)
    {
        try
        {
            return AwsServices.Excludes(root[(root.LastIndexOf('/') + 1)..], region, aws.Exclude);
        }
        catch (ArgumentException)
        {
            // Malformed: the next snapshot says so, and until then it leaves nothing out.
            return false;
        }
    }

    private static string RootOf(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}/{name}";
}
