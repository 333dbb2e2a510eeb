namespace JadaStore.Collectors.Aws.Requests;

/// <summary>A service as far as sending to it goes.</summary>
/// <param name="SigningName">What signatures are made for: <c>s3</c>, <c>lambda</c>.</param>
/// <param name="EndpointPrefix">The first label of its host name: <c>s3</c>, <c>email</c>.</param>
internal sealed record AwsService(string SigningName, string EndpointPrefix)
{
    /// <summary>Object storage.</summary>
    public static AwsService S3 { get; } = new("s3", "s3");

    /// <summary>The host of a service that has one for all regions: <c>iam.amazonaws.com</c>; else null.</summary>
    public string? GlobalHost { get; init; }

    /// <summary>The region that a service with one host for all signs for; else null.</summary>
    public string? GlobalRegion { get; init; }

    /// <summary>Whether the rules of S3 hold: buckets in host names, paths that are encoded once and never
    /// changed.</summary>
    public bool IsS3 => SigningName == "s3";
}
