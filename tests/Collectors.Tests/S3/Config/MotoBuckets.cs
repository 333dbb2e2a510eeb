using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.S3.Config;

/// <summary>Buckets made by <c>aws</c> on moto.</summary>
internal static class MotoBuckets
{
    /// <summary>Each row an <c>aws s3api</c> command that sets what is captured as the document.</summary>
    public static readonly (string Document, string[] Command)[] Settings =
    [
        ("ownership-controls", ["put-bucket-ownership-controls", "--ownership-controls", """{"Rules":[{"ObjectOwnership":"ObjectWriter"}]}"""]),
        ("public-access-block", ["put-public-access-block", "--public-access-block-configuration", """{"BlockPublicAcls":true,"IgnorePublicAcls":false,"BlockPublicPolicy":false,"RestrictPublicBuckets":true}"""]),
        ("acl", ["put-bucket-acl", "--access-control-policy", """
            {"Owner":{"ID":"75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"},"Grants":[
            {"Grantee":{"Type":"CanonicalUser","ID":"75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"},"Permission":"FULL_CONTROL"},
            {"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"READ"},
            {"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/s3/LogDelivery"},"Permission":"WRITE"},
            {"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/s3/LogDelivery"},"Permission":"READ_ACP"}]}
            """]),
        ("policy", ["put-bucket-policy", "--policy", """{"Version":"2012-10-17","Statement":[{"Sid":"Öffentlich","Effect":"Allow","Principal":{"AWS":"*"},"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::any/*"}]}"""]),
        ("versioning", ["put-bucket-versioning", "--versioning-configuration", """{"Status":"Enabled"}"""]),
        ("object-lock", ["put-object-lock-configuration", "--object-lock-configuration", """{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"GOVERNANCE","Days":3}}}"""]),
        ("encryption", ["put-bucket-encryption", "--server-side-encryption-configuration", """{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"alias/x"},"BucketKeyEnabled":true}]}"""]),
        ("replication", ["put-bucket-replication", "--replication-configuration", """{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"ID":"a","Priority":1,"Filter":{"Prefix":"x"},"DeleteMarkerReplication":{"Status":"Disabled"},"Status":"Enabled","Destination":{"Bucket":"arn:aws:s3:::other-bucket"}}]}"""]),
        ("lifecycle", ["put-bucket-lifecycle-configuration", "--lifecycle-configuration", """{"Rules":[{"ID":"r1","Status":"Enabled","Filter":{"Prefix":"logs/"},"Transitions":[{"Days":30,"StorageClass":"GLACIER"}],"Expiration":{"Days":365}},{"ID":"r2","Status":"Disabled","Filter":{"And":{"Prefix":"a","Tags":[{"Key":"k","Value":"v <&>"}]}},"NoncurrentVersionExpiration":{"NoncurrentDays":3},"Expiration":{"Date":"2030-01-01T00:00:00Z"}}]}"""]),
        ("website", ["put-bucket-website", "--website-configuration", """{"IndexDocument":{"Suffix":"index.html"},"ErrorDocument":{"Key":"404.html"},"RoutingRules":[{"Condition":{"KeyPrefixEquals":"old/"},"Redirect":{"ReplaceKeyPrefixWith":"new/","HttpRedirectCode":"301"}}]}"""]),
        ("cors", ["put-bucket-cors", "--cors-configuration", """{"CORSRules":[{"AllowedOrigins":["https://a.example","https://b.example"],"AllowedMethods":["GET","PUT"],"AllowedHeaders":["*"],"ExposeHeaders":["ETag"],"MaxAgeSeconds":3000},{"AllowedOrigins":["*"],"AllowedMethods":["GET"]}]}"""]),
        ("tagging", ["put-bucket-tagging", "--tagging", """{"TagSet":[{"Key":"Ort","Value":"Köln"},{"Key":"a","Value":" <b> & c"}]}"""]),
        ("logging", ["put-bucket-logging", "--bucket-logging-status", """{"LoggingEnabled":{"TargetBucket":"BUCKET","TargetPrefix":"log/"}}"""]),
        ("notification", ["put-bucket-notification-configuration", "--notification-configuration", """{"QueueConfigurations":[{"Id":"q","QueueArn":"arn:aws:sqs:us-east-1:123456789012:queue","Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"in/"}]}}}]}"""]),
        ("accelerate", ["put-bucket-accelerate-configuration", "--accelerate-configuration", """{"Status":"Enabled"}"""]),
        ("request-payment", ["put-bucket-request-payment", "--request-payment-configuration", """{"Payer":"Requester"}"""]),
        ("inventory", ["put-bucket-inventory-configuration", "--id", "weekly", "--inventory-configuration", """{"Id":"weekly","IsEnabled":true,"IncludedObjectVersions":"All","Schedule":{"Frequency":"Weekly"},"OptionalFields":["Size","ETag"],"Destination":{"S3BucketDestination":{"Bucket":"arn:aws:s3:::other-bucket","Format":"CSV","Prefix":"inv"}}}"""]),
    ];

    /// <summary>Makes a bucket with nothing set; <paramref name="lockable"/> ones can have an object lock.</summary>
    public static void Make(AwsJudge judge, string bucket, bool lockable = true)
    {
        judge.Aws(["s3api", "create-bucket", "--bucket", bucket, .. lockable ? ["--object-lock-enabled-for-bucket"] : Array.Empty<string>()]);
    }

    /// <summary>Sets everything that moto can; the documents that it took.</summary>
    public static IReadOnlyList<string> Fill(AwsJudge judge, string bucket)
    {
        judge.TryAws("s3api", "create-bucket", "--bucket", "other-bucket");
        judge.TryAws(
            "s3api", "put-bucket-versioning", "--bucket", "other-bucket", "--versioning-configuration",
            "Status=Enabled");
        judge.TryAws("sqs", "create-queue", "--queue-name", "queue");
        var taken = new List<string>();
        foreach ((string document, string[] command) in Settings)
        {
            string[] words = ["s3api", command[0], "--bucket", bucket, .. command[1..].Select(
                word => word.Replace("BUCKET", bucket, StringComparison.Ordinal))];
            if (judge.TryAws(words).Code == 0)
            {
                taken.Add(document);
            }
        }

        return taken;
    }
}
