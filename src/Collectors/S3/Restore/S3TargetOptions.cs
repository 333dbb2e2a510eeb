namespace JadaStore.Collectors.S3.Restore;

/// <summary>Where in S3 something is brought back to, and how closely it is compared with what stands there.</summary>
public sealed record S3TargetOptions
{
    /// <summary>The bucket, which must be there.</summary>
    public required string Bucket { get; init; }

    /// <summary>What every key begins with; empty, or ending in <c>/</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// Whether headers and tags of objects with the right content are looked at: one request an object, two where there
    /// are tags. Else a listing is all that is asked for.
    /// </summary>
    public bool CompareHeaders { get; init; }
}
