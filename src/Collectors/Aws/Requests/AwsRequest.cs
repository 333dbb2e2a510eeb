namespace JadaStore.Collectors.Aws.Requests;

/// <summary>One request to an AWS service (or to a server that speaks its protocol), before it is signed.</summary>
internal sealed record AwsRequest
{
    /// <summary>The operation by AWS's name, <c>GetObject</c>; for messages, and for tests that count
    /// requests.</summary>
    public required string Operation { get; init; }

    /// <summary><c>GET</c>, <c>PUT</c>, …</summary>
    public required string Method { get; init; }

    /// <summary>The bucket for S3, which may become part of the host name; null for other services.</summary>
    public string? Bucket { get; init; }

    /// <summary>What stands before AWS's own host, <c>123456789012.</c>; null as a rule.</summary>
    public string? HostPrefix { get; init; }

    /// <summary>
    /// From the service's endpoint or the bucket on, already percent-encoded, beginning with <c>/</c>. Sent as it
    /// stands: no segment is collapsed, nothing is encoded again.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Names and values, not encoded; a null value is a bare name (<c>?tagging</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query { get; init; } = [];

    /// <summary>Beside those of signing and transport.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Sent as it is, and again when the request is tried again.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
