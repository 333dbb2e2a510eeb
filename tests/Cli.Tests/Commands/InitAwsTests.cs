using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Cli.Tests.Commands;

public sealed class InitAwsTests
{
    [ServerFact(S3Servers.Moto)]
    public async Task An_account_is_looked_at_and_written_down_and_can_be_taken()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Moto);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        using var shell = new S3Shell(endpoint);
        shell.Variables["AWS_MAX_ATTEMPTS"] = "1"; // moto answers 500 to what it does not know
        string[] init =
        [
            "init", "--aws", "--regions", "us-east-1", "--no-password", "--endpoint-url", endpoint.UrlText, "--json",
        ];

        Assert.True(await shell.RunAsync(init) == 0, shell.Error);
        JsonNode estate = JsonNode.Parse(shell.Text)!["estate"]!;
        Assert.Equal("123456789012", estate["account"]!.ToString());
        Assert.Contains(bucket, estate["buckets"]!.AsArray().Select(one => one!.ToString()));
        Assert.Equal(["us-east-1"], estate["regions"]!.AsArray().Select(one => one!.ToString()));
        Assert.Contains(estate["seen"]!.AsArray(), one =>
            $"{one!["service"]} {one["region"]} {one["kind"]} {one["state"]}" == "lambda us-east-1 functions seen");
        string toml = await File.ReadAllTextAsync(Path.Combine(shell.Folder, "jstore.toml"));
        Assert.Contains("repository = \".jstore\"", toml, StringComparison.Ordinal);

        Assert.True(await shell.RunAsync("sources", "--json") == 0, shell.Error);
        string[] roots = [.. JsonNode.Parse(shell.Text)!.AsArray().Select(one => one!["root"]!.ToString())];
        Assert.Contains("route53", roots);
        Assert.Contains("s3/" + bucket, roots);

        Assert.Equal(1, await shell.RunAsync(init));
        Assert.Contains("nothing was changed", shell.Error, StringComparison.Ordinal);
        Assert.Equal(toml, await File.ReadAllTextAsync(Path.Combine(shell.Folder, "jstore.toml")));
    }

    [Fact]
    public async Task Where_the_account_is_out_of_reach_nothing_is_made()
    {
        using var shell = new S3Shell(new S3Endpoint(new Uri("http://127.0.0.1:1"), "k", "s"));
        shell.Variables["AWS_MAX_ATTEMPTS"] = "1";

        Assert.Equal(1, await shell.RunAsync("init", "--aws", "--no-password", "--endpoint-url", "http://127.0.0.1:1"));
        Assert.Contains("cannot be reached", shell.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(shell.Folder));
    }

    [Fact]
    public async Task How_to_reach_AWS_is_said_with_aws_only()
    {
        using var shell = new TestShell();

        Assert.Equal(2, await shell.RunAsync("init", "--no-password", "--profile", "x"));
    }
}
