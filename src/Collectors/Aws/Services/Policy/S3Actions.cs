namespace JadaStore.Collectors.Aws.Services.Policy;

/// <summary>The IAM actions that reading S3 takes; they are named otherwise than its operations.</summary>
internal static class S3Actions
{
    /// <summary>To find the buckets of an account.</summary>
    public const string ListBuckets = "s3:ListAllMyBuckets";

    /// <summary>To read a bucket's configuration, an action for each document of <c>s3-config/BUCKET</c>.</summary>
    public static readonly IReadOnlyList<string> Config =
    [
        "s3:GetAccelerateConfiguration", "s3:GetAnalyticsConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS",
        "s3:GetBucketLocation", "s3:GetBucketLogging", "s3:GetBucketNotification",
        "s3:GetBucketObjectLockConfiguration",
        "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketRequestPayment", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetBucketWebsite",
        "s3:GetEncryptionConfiguration", "s3:GetIntelligentTieringConfiguration", "s3:GetInventoryConfiguration",
        "s3:GetLifecycleConfiguration", "s3:GetMetricsConfiguration", "s3:GetReplicationConfiguration",
    ];

    /// <summary>On a bucket, to read its objects.</summary>
    public static IReadOnlyList<string> OnBucket(bool versions) =>
        versions ? ["s3:ListBucket", "s3:ListBucketVersions"] : ["s3:ListBucket"];

    /// <summary>On objects, to read them with their tags.</summary>
    public static IReadOnlyList<string> OnObjects(bool versions) => versions
        ? ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"]
        : ["s3:GetObject", "s3:GetObjectTagging"];
}
