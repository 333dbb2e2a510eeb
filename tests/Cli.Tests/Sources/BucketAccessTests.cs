using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Cli.Tests.Sources;

/// <summary>Buckets that all may read, those that nobody lists, and what a typed one brings along.</summary>
public sealed class BucketAccessTests
{
    [ServerFact(S3Servers.Ceph)]
    public async Task A_bucket_that_all_may_read_needs_no_keys()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Ceph);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string open = await calls.MakeBucketAsync(), closed = await calls.MakeBucketAsync();
        await calls.CallAsync("PutBucketAcl", new JsonObject { ["Bucket"] = open, ["ACL"] = "public-read" });
        await calls.CallAsync("PutObject", new JsonObject
        {
            ["Bucket"] = open, ["Key"] = "index.html", ["ACL"] = "public-read", ["Body"] = S3Calls.Bytes("hello"),
        });
        using var shell = new S3Shell(endpoint);
        shell.Variables["AWS_SECRET_ACCESS_KEY"] = "wrong";
        string[] where = ["--endpoint-url", endpoint.UrlText];

        Assert.Equal(1, await shell.RunAsync(["snapshot", $"s3://{open}", .. where]));
        Assert.Contains("the secret key is wrong", shell.Error, StringComparison.Ordinal);
        Assert.True(
            await shell.RunAsync(["snapshot", $"s3://{open}", "--no-sign-request", .. where]) == 0, shell.Error);
        Assert.Equal(0, await shell.RunAsync("cat", "latest", $"s3/{open}/index.html"));
        Assert.Equal("hello", shell.Text);
        Assert.Equal(1, await shell.RunAsync(["snapshot", $"s3://{closed}", "--no-sign-request", .. where]));
        Assert.Contains("denied", shell.Error, StringComparison.Ordinal);
    }

    [ServerFact(S3Servers.Moto)]
    public async Task Where_buckets_cannot_be_listed_those_of_earlier_snapshots_are_taken_and_the_snapshot_says_so()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Moto);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        await calls.PutAsync(bucket, "a", "first");
        bool denied = true;
        await using FaultProxy proxy = FaultProxy.Before(endpoint, new FaultPlan(request =>
            denied && request.Operation == "ListBuckets" ? Fault.InternalError : Fault.None));
        using var shell = new S3Shell(endpoint);
        shell.Variables["AWS_MAX_ATTEMPTS"] = "1";
        shell.Write("jstore.toml", $"""
            [[source]]
            type = "s3"
            buckets = ["{bucket}*"]
            endpoint-url = "{endpoint.Through(proxy).UrlText}"
            [[source]]
            type = "local"
            path = "notes"
            """);
        Directory.CreateDirectory(Path.Combine(shell.Folder, "notes"));

        // Nothing is known yet: the other source is taken all the same.
        Assert.Equal(3, await shell.RunAsync("snapshot"));
        Assert.Contains("could not read s3/*: s3://* cannot be listed", shell.Error, StringComparison.Ordinal);

        denied = false;
        Assert.True(await shell.RunAsync("snapshot") == 0, shell.Error);
        denied = true;
        await calls.PutAsync(bucket, "a", "second");
        Assert.Equal(3, await shell.RunAsync("snapshot"));

        Assert.Contains("could not read s3/*: s3://* cannot be listed", shell.Error, StringComparison.Ordinal);
        Assert.Equal(0, await shell.RunAsync("cat", "latest", $"s3/{bucket}/a"));
        Assert.Equal("second", shell.Text);
        Assert.Equal(0, await shell.RunAsync("diff", "latest~1", "latest", "--name-status"));
        Assert.Equal($"M\ts3/{bucket}/a\n", shell.Text.ReplaceLineEndings("\n"));
    }

    [ServerFact(S3Servers.Moto)]
    public async Task A_typed_bucket_brings_its_configuration_where_that_is_asked_for()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Moto);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        using var shell = new S3Shell(endpoint);

        Assert.True(await shell.RunAsync("snapshot", $"s3://{bucket}", "--with-config", "--endpoint-url", endpoint.UrlText) == 0, shell.Error);

        Assert.Equal(0, await shell.RunAsync("ls", "latest", $"s3-config/{bucket}"));
        Assert.Contains("acl.json", shell.Text, StringComparison.Ordinal);
    }
}
