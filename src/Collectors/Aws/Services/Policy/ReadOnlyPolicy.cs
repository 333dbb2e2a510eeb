using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Documents;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Aws.Services.Policy;

/// <summary>The least IAM policy that sources need: the actions that their rows name, and none that writes.</summary>
/// <remarks>
/// The rows' tool lets nothing in that may change or reveal something; a test holds that against what AWS's own models
/// say.
/// What is sealed with a key of the account's own (objects, a function's variables) needs <c>kms:Decrypt</c> for that
/// key,
/// which is not given: name the key in a policy of your own.
/// </remarks>
public static class ReadOnlyPolicy
{
    /// <summary>As long as a managed policy may be, white space not counted: 6144 characters.</summary>
    public const int MaxManaged = 6144;

    private const string AnyResource = "*";

    /// <summary>One policy for all.</summary>
    /// <param name="services">Of <see cref="AwsServices.Names"/>.</param>
    /// <param name="buckets">What is read of S3; empty: nothing.</param>
    /// <param name="findRegions">Whether AWS is asked which regions the account has switched on.</param>
    /// <exception cref="ArgumentException">There are no rows of a service.</exception>
    public static string Json(IEnumerable<string> services, IReadOnlyList<BucketGrant> buckets, bool findRegions) =>
        Text(Statements(services, buckets, findRegions));

    /// <summary>As many policies as it takes for each to be no longer than a managed one may be.</summary>
    /// <inheritdoc cref="Json"/>
    public static IReadOnlyList<string> Managed(
        IEnumerable<string> services, IReadOnlyList<BucketGrant> buckets, bool findRegions)
    {
        var policies = new List<string>();
        var held = new List<PolicyStatement>();
        foreach (PolicyStatement statement in Statements(services, buckets, findRegions))
        {
            if (held.Count > 0 && Size(Text([.. held, statement])) > MaxManaged)
            {
                policies.Add(Text(held));
                held.Clear();
            }

            held.Add(statement);
        }

        policies.Add(Text(held));
        return policies;
    }

    /// <summary>How long a policy is as IAM counts: without white space.</summary>
    public static int Size(string policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Count(letter => !char.IsWhiteSpace(letter));
    }

    private static List<PolicyStatement> Statements(
        IEnumerable<string> services, IReadOnlyList<BucketGrant> buckets, bool findRegions)
    {
        var statements = new List<PolicyStatement>();
        foreach (ServiceRows rows in services.Distinct().Order(StringComparer.Ordinal).Select(AwsServices.Of))
        {
            IEnumerable<string> actions = rows.AllKinds.SelectMany(
                kind => kind.Actions.Concat(kind.Documents.SelectMany(document => document.Actions)));
            statements.Add(new PolicyStatement(IdOf(rows.Service), actions, [AnyResource]));
        }

        if (findRegions)
        {
            statements.Add(new PolicyStatement("Regions", ["ec2:DescribeRegions"], [AnyResource]));
        }

        if (buckets.Any(grant => grant.Bucket.AsSpan().ContainsAny('*', '?')))
        {
            statements.Add(new PolicyStatement("S3Buckets", [S3Actions.ListBuckets], [AnyResource]));
        }

        Add("S3Config", buckets.Where(grant => grant.Config), S3Actions.Config, Bucket);
        foreach (bool versions in (bool[])[false, true])
        {
            string id = versions ? "S3Versions" : "S3";
            IReadOnlyList<BucketGrant> of = [.. buckets.Where(grant => grant.Objects && grant.Versions == versions)];
            Add(id + "Lists", of, S3Actions.OnBucket(versions), Bucket);
            Add(id + "Objects", of, S3Actions.OnObjects(versions), grant => $"{Bucket(grant)}/{grant.Prefix}*");
        }

        return statements;

        void Add(
            string id, IEnumerable<BucketGrant> grants, IReadOnlyList<string> actions, Func<BucketGrant, string> on)
        {
            if (grants.Select(on).ToList() is { Count: > 0 } resources)
            {
                statements.Add(new PolicyStatement(id, actions, resources));
            }
        }
    }

    private static string Bucket(BucketGrant grant) =>
        $"arn:{AwsHosts.Table.PartitionOf(grant.Region).Name}:s3:::{grant.Bucket}";

    // `application-autoscaling` is `ApplicationAutoscaling`: letters and digits, no more.
    private static string IdOf(string service) => string.Concat(service.Split('-')
        .Select(word => word[..1].ToUpper(CultureInfo.InvariantCulture) + word[1..]));

    private static string Text(IEnumerable<PolicyStatement> statements) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray([.. statements.Select(statement => statement.ToJson())]),
        }));
}
