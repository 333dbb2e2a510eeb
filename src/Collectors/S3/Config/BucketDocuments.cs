namespace JadaStore.Collectors.S3.Config;

/// <summary>The table of all documents of a bucket, in the order in which they are put back.</summary>
/// <remarks>
/// Who owns objects before who may read them; what the public may never do before the policy; versioning before what
/// needs it. The stored JSON is what <c>aws s3api</c> prints for the operation, but <c>policy.json</c>, which is the
/// policy itself in its own order, so that a diff shows its statements and <c>put-bucket-policy --policy
/// file://policy.json</c> takes it.
/// </remarks>
internal static class BucketDocuments
{
    /// <summary>One row a document.</summary>
    public static readonly IReadOnlyList<BucketDocument> All =
    [
        new() { Name = "location", Get = "GetBucketLocation" },
        new()
        {
            Name = "ownership-controls", Get = "GetBucketOwnershipControls", Put = "PutBucketOwnershipControls",
            Delete = "DeleteBucketOwnershipControls", AbsentCode = "OwnershipControlsNotFoundError",
        },
        new()
        {
            Name = "public-access-block", Get = "GetPublicAccessBlock", Put = "PutPublicAccessBlock",
            Delete = "DeletePublicAccessBlock", AbsentCode = "NoSuchPublicAccessBlockConfiguration",
        },
        new() { Name = "acl", Get = "GetBucketAcl", Put = "PutBucketAcl", Wrap = "AccessControlPolicy" },
        new()
        {
            Name = "policy", Get = "GetBucketPolicy", Put = "PutBucketPolicy", Delete = "DeleteBucketPolicy",
            AbsentCode = "NoSuchBucketPolicy", Text = "Policy",
        },
        new()
        {
            Name = "versioning", Get = "GetBucketVersioning",
            Put = "PutBucketVersioning", Wrap = "VersioningConfiguration",
            Reset = """{"Status":"Suspended"}""",
        },
        new()
        {
            Name = "object-lock", Get = "GetObjectLockConfiguration", Put = "PutObjectLockConfiguration",
            AbsentCode = "ObjectLockConfigurationNotFoundError",
        },
        new()
        {
            Name = "encryption", Get = "GetBucketEncryption",
            Put = "PutBucketEncryption", Delete = "DeleteBucketEncryption",
            AbsentCode = "ServerSideEncryptionConfigurationNotFoundError",
        },
        new()
        {
            Name = "replication", Get = "GetBucketReplication",
            Put = "PutBucketReplication", Delete = "DeleteBucketReplication",
            AbsentCode = "ReplicationConfigurationNotFoundError",
        },
        new()
        {
            Name = "lifecycle", Get = "GetBucketLifecycleConfiguration", Put = "PutBucketLifecycleConfiguration",
            Delete = "DeleteBucketLifecycle", Wrap = "LifecycleConfiguration",
            AbsentCode = "NoSuchLifecycleConfiguration",
        },
        new()
        {
            Name = "website", Get = "GetBucketWebsite", Put = "PutBucketWebsite", Delete = "DeleteBucketWebsite",
            Wrap = "WebsiteConfiguration", AbsentCode = "NoSuchWebsiteConfiguration",
        },
        new()
        {
            Name = "cors", Get = "GetBucketCors", Put = "PutBucketCors", Delete = "DeleteBucketCors",
            Wrap = "CORSConfiguration", AbsentCode = "NoSuchCORSConfiguration",
        },
        new()
        {
            Name = "tagging", Get = "GetBucketTagging", Put = "PutBucketTagging", Delete = "DeleteBucketTagging",
            Wrap = "Tagging", AbsentCode = "NoSuchTagSet",
        },
        new()
        {
            Name = "notification", Get = "GetBucketNotificationConfiguration",
            Put = "PutBucketNotificationConfiguration", Wrap = "NotificationConfiguration", Reset = "{}",
        },
        new()
        {
            Name = "logging", Get = "GetBucketLogging", Put = "PutBucketLogging",
            Wrap = "BucketLoggingStatus", Reset = "{}",
        },
        new()
        {
            Name = "accelerate", Get = "GetBucketAccelerateConfiguration", Put = "PutBucketAccelerateConfiguration",
            Wrap = "AccelerateConfiguration", Reset = """{"Status":"Suspended"}""",
        },
        new()
        {
            Name = "request-payment", Get = "GetBucketRequestPayment", Put = "PutBucketRequestPayment",
            Wrap = "RequestPaymentConfiguration", Reset = """{"Payer":"BucketOwner"}""",
        },
        ItemsOf("inventory", "Inventory"),
        ItemsOf("analytics", "Analytics"),
        ItemsOf("metrics", "Metrics"),
        ItemsOf("intelligent-tiering", "IntelligentTiering"),
    ];

    private static BucketDocument ItemsOf(string name, string kind) => new()
    {
        Name = name,
        Get = $"ListBucket{kind}Configurations",
        Put = $"PutBucket{kind}Configuration",
        Delete = $"DeleteBucket{kind}Configuration",
        Wrap = $"{kind}Configuration",
        Items = $"{kind}ConfigurationList",
    };
}
