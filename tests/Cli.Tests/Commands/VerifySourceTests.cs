using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>Changes that neither a folder nor a bucket shows when it is listed.</summary>
public sealed class VerifySourceTests : IDisposable
{
    // The framework sets times to 100 ns, a file system keeps them finer.
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_file_that_was_changed_and_given_its_time_back_is_found()
    {
        await SnapshotAsync();
        string file = Path.Combine(_shell.Folder, "site/a");
        File.WriteAllText(file, "bots");
        File.SetLastWriteTimeUtc(file, Time);

        Assert.Equal(13, await _shell.RunAsync("verify-source", "./site", "--share", "100%"));
        string[] lines = _shell.Text.Split('\n');
        Assert.Equal("local/site/a  content", lines[0]);
        Assert.Matches("^checked [34] of 4 entries, 9 B: 1 differs: ", lines[1]);

        Assert.Equal(13, await _shell.RunAsync("verify-source", "./site", "--share", "100%", "--json"));
        JsonNode json = JsonNode.Parse(_shell.Text)!;
        Assert.Equal(
            ("v1.0", 4, 9), (json["snapshot"]!.ToString(), (int)json["entries"]!, (int)json["bytes"]!));
        Assert.Equal("""[{"path":"local/site/a","what":"content"}]""", json["differing"]!.ToJsonString());
        Assert.Equal("[]", json["errors"]!.ToJsonString());
    }

    [Fact]
    public async Task Nothing_differs_where_nothing_happened_or_only_what_a_listing_shows()
    {
        await SnapshotAsync();
        _shell.Write("site/b", "longer than it was");

        Assert.Equal(0, await _shell.RunAsync("verify-source", "./site", "--share", "100"));
        Assert.EndsWith(": all agree\n", _shell.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shell.RunAsync("verify-source", "./site", "--snapshot", "v1.0"));
    }

    [Fact]
    public async Task A_source_that_is_gone_and_a_share_that_is_none_are_told_apart()
    {
        await SnapshotAsync();

        Assert.Equal(2, await _shell.RunAsync("verify-source", "./site", "--share", "0"));
        Assert.Contains("--share takes a share", _shell.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _shell.RunAsync("verify-source", "./other"));
        Directory.Delete(Path.Combine(_shell.Folder, "site"), recursive: true);
        Assert.Equal(1, await _shell.RunAsync("verify-source", "./site"));
    }

    [ServerFact(S3Servers.Moto)]
    public async Task A_tag_that_aws_changed_is_found_though_no_listing_shows_it()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Moto);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string bucket = await calls.MakeBucketAsync();
        foreach (string key in (string[])["a", "b", "c"])
        {
            await calls.CallAsync("PutObject", new JsonObject
            {
                ["Bucket"] = bucket, ["Key"] = key, ["Body"] = S3Calls.Bytes(key), ["Tagging"] = "stage=draft",
            });
        }

        using var shell = new S3Shell(endpoint);
        string[] source = [$"s3://{bucket}", "--endpoint-url", endpoint.UrlText];
        Assert.Equal(0, await shell.RunAsync(["snapshot", .. source]));
        await new AwsCli(endpoint).RunAsync(
            "s3api", "put-object-tagging", "--bucket", bucket, "--key", "b",
            "--tagging", "TagSet=[{Key=stage,Value=final}]");

        int code = await shell.RunAsync(["verify-source", .. source, "--share", "100%"]);

        Assert.True(code == 13, shell.Error);
        Assert.StartsWith($"s3/{bucket}/b  tags\nchecked 3 of 3 entries, 3 B: 1 differs", shell.Text,
            StringComparison.Ordinal);
    }

    private async Task SnapshotAsync()
    {
        _shell.Write("site/a", "bits");
        _shell.Write("site/b", "short");
        _shell.Write("site/c", "");
        File.SetLastWriteTimeUtc(Path.Combine(_shell.Folder, "site/a"), Time);
        Assert.Equal(0, await _shell.RunAsync("init", "--no-password"));
        Assert.Equal(0, await _shell.RunAsync("snapshot", "./site"));
    }
}
