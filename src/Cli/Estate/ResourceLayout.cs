using System.Text;

namespace JadaStore.Cli.Estate;

/// <summary>How the paths of services are laid out: which folders are kinds, and which are resources.</summary>
/// <remarks>
/// Below the region a path begins with a kind (<c>iam/roles/NAME/…</c>) or, where a service has one kind above all,
/// with the resource itself (<c>lambda/REGION/FUNCTION/…</c>), and its other kinds begin with <c>@</c>. What is not
/// told of here is laid out like the first.
/// </remarks>
internal static class ResourceLayout
{
    /// <summary>How many segments below the region name a resource.</summary>
    /// <param name="service">The last segment of the source's root.</param>
    /// <param name="segments">All below the region; at least one.</param>
    public static int Depth(string service, IReadOnlyList<string> segments) => (service, segments[0]) switch
    {
        ("application-autoscaling", _) => 4,
        ("wafv2", _) => 3,
        ("kms", "aliases") => segments.Count,

        // Names that are paths themselves; the last segment is one of their documents.
        ("logs", "groups" or "query-definitions") or ("ecr", "repositories") or ("secretsmanager", "secrets")
            or ("ssm", "parameters") => Math.Max(2, segments.Count - 1),
        ("acm" or "dynamodb" or "lambda" or "route53", var first) => first.StartsWith('@') ? 2 : 1,
        _ => 2,
    };

    /// <summary>
    /// The kind that a service is known for, and whose name is left out where one of it is named; empty where there is
    /// none.
    /// </summary>
    public static string MainKind(string service) => service switch
    {
        "acm" => "certificates",
        "cloudfront" => "distributions",
        "dynamodb" => "tables",
        "lambda" => "functions",
        "route53" => "zones",
        _ => "",
    };

    /// <summary>One of a kind, as documents are called: <c>cache-policies</c> is <c>cache-policy</c>.</summary>
    public static string OneOf(string kind) =>
        kind.EndsWith("ies", StringComparison.Ordinal) ? kind[..^3] + "y"
        : kind.EndsWith('s') ? kind[..^1]
        : kind;

    /// <summary>The same as a member's name: <c>CachePolicy</c>.</summary>
    public static string MemberOf(string kind)
    {
        var name = new StringBuilder();
        foreach (string word in OneOf(kind).Split('-', StringSplitOptions.RemoveEmptyEntries))
        {
            name.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
        }

        return name.ToString();
    }
}
