using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Cli.Tests.Commands;

/// <summary><c>restore --headers</c>: what a file system has no place for.</summary>
public sealed class RestoreHeadersTests
{
    [ServerFact(S3Servers.Moto)]
    public async Task Headers_and_tags_of_each_object_are_written_a_line_each()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Moto);
        string bucket;
        await using (S3Calls calls = await S3Calls.ToAsync(endpoint))
        {
            bucket = await calls.MakeBucketAsync();
            await calls.CallAsync("PutObject", new JsonObject
            {
                ["Bucket"] = bucket,
                ["Key"] = "a",
                ["ContentType"] = "text/x-odd",
                ["CacheControl"] = "max-age=60",
                ["Metadata"] = new JsonObject { ["color"] = "blue" },
                ["Tagging"] = "team=web&x=1",
            });
            await calls.PutAsync(bucket, "a/b", "below a");
        }

        using var shell = new S3Shell(endpoint);
        string[] place = ["--endpoint-url", endpoint.UrlText];
        Assert.True(await shell.RunAsync(["snapshot", $"s3://{bucket}", .. place]) == 0, shell.Error);
        Assert.True(await shell.RunAsync("restore", "--to", "back", "--headers", "headers.jsonl") == 0, shell.Error);

        JsonNode[] lines = [.. (await File.ReadAllLinesAsync(Path.Combine(shell.Folder, "headers.jsonl")))
            .Select(line => JsonNode.Parse(line)!).OrderBy(line => line["key"]!.ToString(), StringComparer.Ordinal)];
        Assert.Equal(["a", "a/b"], lines.Select(line => line["key"]!.ToString()));
        Assert.True(File.Exists(Path.Combine(shell.Folder, "back", lines[0]["name"]!.ToString())));
        Assert.Equal(0, (int)lines[0]["size"]!);
        Assert.Equal(7, (int)lines[1]["size"]!);
        Assert.Equal("text/x-odd", lines[0]["headers"]!["content-type"]!.ToString());
        Assert.Equal("max-age=60", lines[0]["headers"]!["cache-control"]!.ToString());
        Assert.Equal("blue", lines[0]["headers"]!["x-amz-meta-color"]!.ToString());
        Assert.Equal("""{"team":"web","x":"1"}""", lines[0]["tags"]!.ToJsonString());
    }

    [Fact]
    public async Task A_dry_run_writes_no_headers_and_says_so()
    {
        using var shell = new TestShell();
        shell.Write("site/a", "x");
        Assert.Equal(0, await shell.RunAsync("snapshot", "./site"));

        Assert.Equal(2, await shell.RunAsync("restore", "--dry-run", "--headers", "h"));
        Assert.Contains("--headers", shell.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(shell.Folder, "h")));
    }
}
