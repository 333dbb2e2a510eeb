namespace JadaStore.Collectors.Aws.Services.Policy;

/// <summary>What is read of S3, for <see cref="ReadOnlyPolicy"/>.</summary>
public sealed record BucketGrant
{
    /// <summary>A bucket, or a glob of <c>*</c> and <c>?</c>, which IAM has too.</summary>
    public required string Bucket { get; init; }

    /// <summary>A region of the partition that it lies in: China and GovCloud have ARNs of their own.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Only keys that begin so; empty: all.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Whether its objects are read.</summary>
    public bool Objects { get; init; } = true;

    /// <summary>Whether earlier versions of objects are read too.</summary>
    public bool Versions { get; init; }

    /// <summary>Whether its configuration is read.</summary>
    public bool Config { get; init; } = true;
}
