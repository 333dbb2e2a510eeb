using System.Text.Json.Nodes;
using JadaStore.Collectors.Tests.Servers;

namespace JadaStore.Cli.Tests.Sources;

/// <summary>A bucket that an account gives no more is lost with all that was in it; one that is not asked for is
/// not.</summary>
public sealed class BucketGoneTests
{
    private static readonly string[] Keys = ["a", "b", "c"];

    [ServerFact(S3Servers.Moto)]
    public async Task A_bucket_that_vanished_is_an_alarm_once_and_one_that_is_left_out_is_none()
    {
        S3Endpoint endpoint = await S3Servers.StartAsync(S3Servers.Moto);
        await using S3Calls calls = await S3Calls.ToAsync(endpoint);
        string[] buckets = [await FillAsync(calls), await FillAsync(calls), await FillAsync(calls)];
        using var shell = new S3Shell(endpoint);
        string globs = string.Join(", ", buckets.Select(bucket => $"\"{bucket}*\""));
        string toml = $"[alarm]\nleast = 3\n[[source]]\ntype = \"s3\"\nbuckets = [{globs}]\n"
            + $"endpoint-url = \"{endpoint.UrlText}\"\n";
        shell.Write("jstore.toml", toml);
        Assert.True(await shell.RunAsync("snapshot", "-q") == 0, shell.Error);
        foreach (string key in Keys)
        {
            await calls.CallAsync("DeleteObject", new JsonObject { ["Bucket"] = buckets[0], ["Key"] = key });
        }

        await calls.CallAsync("DeleteBucket", new JsonObject { ["Bucket"] = buckets[0] });

        Assert.Equal(4, await shell.RunAsync("snapshot", "-q"));
        Assert.Contains(
            $"ALARM: s3/{buckets[0]} lost 3 of 3 entries since v1.0, which is now pinned; 'jstore diff v1.0 v1.1'",
            shell.Error, StringComparison.Ordinal);
        Assert.True(await shell.RunAsync("snapshot", "-q") == 0, shell.Error);
        Assert.Equal(0, await shell.RunAsync("diff", "v1.0", "v1.1", "--name-status"));
        Assert.Contains(
            string.Concat(Keys.Select(key => $"D\ts3/{buckets[0]}/{key}\n")), shell.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("N\t", shell.Text, StringComparison.Ordinal);

        shell.Write("jstore.toml", toml + $"exclude-buckets = [\"{buckets[1]}\"]\n");
        Assert.True(await shell.RunAsync("snapshot", "-q") == 0, shell.Error);
        Assert.Equal(0, await shell.RunAsync("diff"));
        Assert.Equal(
            $"N\ts3-config/{buckets[1]}/\tnot taken in v1.3\nN\ts3/{buckets[1]}/\tnot taken in v1.3\n"
            + "2 not taken; +0 B -0 B\n",
            shell.Text);
    }

    private static async Task<string> FillAsync(S3Calls calls)
    {
        string bucket = await calls.MakeBucketAsync();
        foreach (string key in Keys)
        {
            await calls.PutAsync(bucket, key, key);
        }

        return bucket;
    }
}
