using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.S3.Restore;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>The servers and the judges themselves: what they cannot tell apart, no other test can.</summary>
public sealed class S3ServersTests
{
    public static TheoryData<string> Servers() => S3Servers.All();

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Hard_keys_come_back_as_they_are_through_the_proxy(string server)
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(server);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        await calls.CallAllAsync([.. HardKeys.All.Select((key, i) => ("PutObject", RichObjects.Rich(bucket, key, i)))]);

        await using FaultProxy proxy = FaultProxy.Before(endpoint, FaultPlan.None);
        BucketState state = await BucketState.OfAsync(endpoint.Through(proxy), bucket);

        Assert.Equal(HardKeys.All.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(HardKeys.All.Count, proxy.Counts["HeadObject"]);
        Assert.Equal(1, proxy.Counts["ListObjectsV2"]);
    }

    [ServerFact(S3Servers.Ceph)]
    public async Task Ceph_takes_control_characters_in_keys()
    {
        await using S3Calls calls = await S3Calls.ToAsync(await S3Servers.StartAsync(S3Servers.Ceph));
        string bucket = await calls.MakeBucketAsync();

        await calls.CallAllAsync(
            [.. HardKeys.Control.Select((key, i) => ("PutObject", RichObjects.Rich(bucket, key, i)))]);

        BucketState state = await calls.StateAsync(bucket);
        Assert.Equal(HardKeys.Control.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task Every_header_and_tag_that_differs_is_told(string server)
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(server);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync(), other = await calls.MakeBucketAsync();
        JsonObject whole = RichObjects.Rich(bucket, "k", 1);
        string[] members = [.. whole.Select(pair => pair.Key).Except(["Bucket", "Key"])];
        var puts = new List<(string, JsonObject)>();
        foreach (string member in members)
        {
            JsonObject one = RichObjects.Rich(bucket, member, 1), two = RichObjects.Rich(other, member, 1);
            two.Remove(member);
            puts.AddRange([("PutObject", one), ("PutObject", two)]);
        }

        await calls.CallAllAsync(puts);

        IReadOnlyList<string> differences = (await calls.StateAsync(bucket)).Differences(await calls.StateAsync(other));

        Assert.Equal(members.Order(), differences.Select(line => line.Split('"')[1]).Distinct().Order());
    }

    [ServerTheory, MemberData(nameof(Servers))]
    public async Task The_quick_judge_says_what_the_aws_program_says(string server)
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(server);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        await calls.CallAsync("PutObject", RichObjects.Rich(bucket, "a//b c", 3));
        var aws = new AwsCli(endpoint);

        JsonObject head = (await aws.RunAsync(
            "s3api", "head-object", "--bucket", bucket, "--key", "a//b c", "--checksum-mode", "ENABLED"))!.AsObject();
        head.Remove("LastModified");
        head.Remove("VersionId");
        head.Remove("ExpiresString");

        Assert.Equal(head.ToJsonString(), (await calls.StateAsync(bucket))["a//b c"]["head"]!.ToJsonString());
    }

    [ServerFact(S3Servers.Ceph)]
    public async Task Ceph_refuses_a_wrong_secret()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Ceph);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint with { SecretKey = "wrong" });

        IReadOnlyList<JsonObject> results = await calls.TryAllAsync([("ListBuckets", [])]);

        Assert.Equal("SignatureDoesNotMatch", (string?)results[0]["error"]);
    }

    [ServerFact(S3Servers.Ceph)]
    public async Task Ceph_keeps_connections_alive_behind_the_proxy()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Ceph);
        await using FaultProxy proxy = FaultProxy.Before(endpoint, FaultPlan.None);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint.Through(proxy));
        string bucket = await calls.MakeBucketAsync();

        (string, JsonObject)[] puts =
            [.. Enumerable.Range(0, 50).Select(i => ("PutObject", RichObjects.Rich(bucket, $"{i}", i)))];
        await calls.TryAllAsync(puts, workers: 1);

        Assert.Equal(51, proxy.Requests.Count);
        Assert.Equal(1, proxy.Connections);
    }
}
