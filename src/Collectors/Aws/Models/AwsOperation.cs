namespace JadaStore.Collectors.Aws.Models;

/// <summary>One operation of a service.</summary>
internal sealed record AwsOperation
{
    private static readonly string[] Reading = ["Get", "List", "Describe", "BatchGet", "Search", "Lookup"];

    /// <summary><c>GetBucketAcl</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>GET</c>, <c>PUT</c>, …</summary>
    public required string Method { get; init; }

    /// <summary>Path and query, with members in braces: <c>/{Bucket}?acl</c>.</summary>
    public required string UriTemplate { get; init; }

    /// <summary>What stands before the service's host, with members in braces: <c>{AccountId}.</c>; null as a
    /// rule.</summary>
    public string? HostPrefix { get; init; }

    /// <summary>What it takes; null for nothing.</summary>
    public ShapeUse? Input { get; init; }

    /// <summary>What it answers; null for nothing.</summary>
    public ShapeUse? Output { get; init; }

    /// <summary>Whether asking twice does no more than asking once, as its name tells.</summary>
    public bool IsRead =>
        Method == "GET" || Array.Exists(Reading, word => Name.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Whether a request without a checksum of its body is refused.</summary>
    public bool NeedsChecksum { get; init; }

    /// <summary>The member that the answer's root element itself is; null as a rule.</summary>
    public string? Unwrapped { get; init; }

    /// <summary>How it is paged; null when it is not.</summary>
    public AwsPaging? Paging { get; init; }
}
