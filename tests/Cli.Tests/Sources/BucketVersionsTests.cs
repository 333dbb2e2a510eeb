using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Cli.Tests.Sources;

/// <summary>Earlier versions and delete markers, asked for in the file or on the command line.</summary>
public sealed class BucketVersionsTests
{
    private static readonly string[] Current = ["s3/{0}/a"];

    private static readonly string[] All =
        [@"s3-versions/{0}/a\x00", @"s3-versions/{0}/gone\x00", @"s3-versions/{0}/gone\x00", "s3/{0}/a"];

    [ServerFact(S3Servers.Moto)]
    public async Task All_versions_are_taken_where_the_file_or_the_command_line_says_so()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Moto);
        string bucket = await FillAsync(endpoint);
        using var shell = new S3Shell(endpoint);
        string toml = $"[[source]]\ntype = \"s3\"\nbuckets = [\"{bucket}\"]\nconfig = false\n"
            + $"endpoint-url = \"{endpoint.UrlText}\"\n";

        shell.Write("jstore.toml", toml);
        await AssertTakenAsync(shell, bucket, Current, "snapshot");
        await AssertTakenAsync(shell, bucket, All, "snapshot", "--versions", "all");

        shell.Write("jstore.toml", toml + "versions = \"all\"\n");
        await AssertTakenAsync(shell, bucket, All, "snapshot");
        await AssertTakenAsync(shell, bucket, Current, "snapshot", "--versions", "current");

        string[] typed = ["snapshot", $"s3://{bucket}", "--endpoint-url", endpoint.UrlText];
        await AssertTakenAsync(shell, bucket, Current, typed);
        await AssertTakenAsync(shell, bucket, All, [.. typed, "--versions", "all"]);
    }

    private static async Task<string> FillAsync(S3Endpoint endpoint)
    {
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        await calls.CallAsync("PutBucketVersioning", new JsonObject
        {
            ["Bucket"] = bucket, ["VersioningConfiguration"] = new JsonObject { ["Status"] = "Enabled" },
        });
        await calls.PutAsync(bucket, "a", "first");
        await calls.PutAsync(bucket, "a", "second");
        await calls.PutAsync(bucket, "gone", "was here");
        await calls.CallAsync("DeleteObject", new JsonObject { ["Bucket"] = bucket, ["Key"] = "gone" });
        return bucket;
    }

    // Version ids are the server's: paths are compared up to where they begin.
    private static async Task AssertTakenAsync(S3Shell shell, string bucket, string[] paths, params string[] words)
    {
        Assert.True(await shell.RunAsync(words) == 0, shell.Error);
        Assert.Equal(0, await shell.RunAsync("find", "**", "--snapshot", "latest", "--json"));
        Assert.Equal(
            paths.Select(path => path.Replace("{0}", bucket, StringComparison.Ordinal)),
            JsonNode.Parse(shell.Text)!.AsArray().Select(one => UpToVersion(one!["path"]!.ToString())));
    }

    private static string UpToVersion(string path) =>
        path.IndexOf(@"\x00", StringComparison.Ordinal) is var at and >= 0 ? path[..(at + 4)] : path;
}
