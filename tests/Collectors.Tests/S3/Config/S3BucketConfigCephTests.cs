using System.Text.Json.Nodes;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Config;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Collectors.Tests.S3.Config;

/// <summary>A server that checks signatures and knows only some of the documents.</summary>
public class S3BucketConfigCephTests
{
    private static readonly (string Operation, string Parameters)[] Settings =
    [
        ("PutBucketVersioning", """{"VersioningConfiguration":{"Status":"Enabled"}}"""),
        ("PutBucketTagging", """{"Tagging":{"TagSet":[{"Key":"Ort","Value":"Köln <&>"}]}}"""),
        ("PutBucketCors", """{"CORSConfiguration":{"CORSRules":[{"AllowedOrigins":["https://a.example"],"AllowedMethods":["GET"],"MaxAgeSeconds":30}]}}"""),
        ("PutBucketLifecycleConfiguration", """{"LifecycleConfiguration":{"Rules":[{"ID":"r","Status":"Enabled","Filter":{"Prefix":"x/"},"Expiration":{"Days":7}}]}}"""),
        ("PutBucketPolicy", """{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}"}"""),
        ("PutPublicAccessBlock", """{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":false,"BlockPublicPolicy":false,"RestrictPublicBuckets":false}}"""),
    ];

    [ServerFact(S3Servers.Ceph)]
    public async Task What_the_server_knows_comes_back_and_what_it_does_not_is_absent()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Ceph);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string from = await calls.MakeBucketAsync(), to = await calls.MakeBucketAsync();
        await calls.PutAsync(from, "key", "so that a listing has something to list");
        foreach ((string operation, string parameters) in Settings)
        {
            var given = (JsonObject)JsonNode.Parse(parameters)!;
            given["Bucket"] = from;
            await calls.CallAsync(operation, given);
        }

        var credentials = new ImmutableCredentials(endpoint.AccessKey, endpoint.SecretKey, null);
        using var wire = new AwsWire(() => new(credentials), new InFlight(8, 8), TimeProvider.System);
        var transport = new AwsTransport(new AwsEndpoint(AwsService.S3, endpoint.Url, true), wire, endpoint.Region);

        Dictionary<string, byte[]> captured = await CollectedDocuments.OfAsync(new S3BucketConfig(from, transport));
        IReadOnlyList<ConfigStep> done = await new S3BucketConfigRestore(to, transport).RunAsync(
            captured, new ConfigRestoreOptions { Delete = true }, default);
        IReadOnlyList<ConfigStep> again = await new S3BucketConfigRestore(to, transport).RunAsync(
            captured, new ConfigRestoreOptions { Delete = true }, default);

        Assert.All(captured.Values, document => Assert.DoesNotContain(
            "MaxKeys", System.Text.Encoding.UTF8.GetString(document), StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<string>(["acl.json", "cors.json", "lifecycle.json", "location.json", "policy.json", "public-access-block.json", "tagging.json", "versioning.json"]),
            captured.Keys.ToHashSet());
        Assert.DoesNotContain("accelerate.json", captured.Keys);
        Assert.All(done, step => Assert.True(step.Failure is null, step.ToString()));
        Assert.Equal(["cors.json", "lifecycle.json", "policy.json", "public-access-block.json", "tagging.json", "versioning.json"], done.Select(step => step.Path).Order());
        Assert.Empty(again);
        Dictionary<string, byte[]> restored = await CollectedDocuments.OfAsync(new S3BucketConfig(to, transport));
        Assert.Equal(captured.OrderBy(one => one.Key), restored.OrderBy(one => one.Key));
    }
}
