using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Aws.Services.Policy;

namespace JadaStore.Cli.Sources;

/// <summary>What sources need of AWS.</summary>
/// <param name="Services">Whose configuration is read.</param>
/// <param name="Buckets">What is read of S3.</param>
/// <param name="FindsRegions">Whether AWS is asked for the account's regions.</param>
/// <param name="Notes">What a policy does not say as the sources do.</param>
internal sealed record SourceGrants(
    IReadOnlyList<string> Services, IReadOnlyList<BucketGrant> Buckets, bool FindsRegions, IReadOnlyList<string> Notes)
{
    /// <summary>Whether no source is AWS's.</summary>
    public bool IsEmpty => Services.Count + Buckets.Count == 0;

    /// <summary>Of all that are chosen; nothing is asked of AWS.</summary>
    /// <exception cref="UsageException">A word names no bucket.</exception>
    public static SourceGrants Of(SourceChoice choice)
    {
        IReadOnlyList<S3SourceTable> s3 = [.. choice.Tables.OfType<S3SourceTable>()];
        IReadOnlyList<AwsSourceTable> aws = [.. choice.Tables.OfType<AwsSourceTable>()];
        IEnumerable<BucketGrant> typed = choice.Typed.Where(S3Source.Fits).Select(S3Source.Parse)
            .Select(source => new BucketGrant { Bucket = source.Bucket, Prefix = source.Prefix, Config = false });
        return new SourceGrants(
            [.. aws.SelectMany(AwsEstate.ServicesOf).Distinct().Order(StringComparer.Ordinal)],
            [.. s3.SelectMany(Of), .. typed],
            aws.Any(FindsRegionsOf),
            [.. s3.Where(table => table.ExcludeBuckets.Count > 0).Select(table =>
                $"the policy also allows what exclude-buckets of {table.Name} leaves out.")]);
    }

    private static IEnumerable<BucketGrant> Of(S3SourceTable table) => table.Buckets.Select(bucket => new BucketGrant
    {
        Bucket = bucket, Region = table.Access.Region ?? "us-east-1", Prefix = table.Prefix,
        Versions = table.AllVersions, Config = table.Config,
    });

    private static bool FindsRegionsOf(AwsSourceTable table) =>
        table.Regions.Any(NameGlob.IsGlob)
        && AwsEstate.ServicesOf(table).Any(service => !AwsServices.IsGlobal(service));
}
