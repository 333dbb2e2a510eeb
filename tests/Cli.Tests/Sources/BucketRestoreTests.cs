using JadaStore.Cli.Sources;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Sources;

public sealed class BucketRestoreTests
{
    [Theory]
    [InlineData("s3/a s3-config/a s3-versions/a", "", "s3/a", "s3-config/a")]
    [InlineData("s3/a s3/ab s3-config/ab s3-config/a", "ab/x", "ab/x", "s3-config/ab")]
    [InlineData("s3/a s3-config/a local/b", "s3/a", "s3/a", "s3-config/a")]
    public void The_configuration_is_that_of_the_objects_bucket(
        string roots, string path, string expected, string config)
    {
        BucketRestore what = BucketRestore.Of(Of(roots), path.Length == 0 ? [] : [path], withConfig: true);

        Assert.Equal([expected], what.Paths);
        Assert.Equal(config, what.ConfigRoot);
    }

    [Theory]
    [InlineData("s3/a s3/b", "", false, "--path s3/a or --path s3/b")]
    [InlineData("s3-config/a", "", false, "no bucket and no folder")]
    [InlineData("s3/a", "", true, "no configuration of a")]
    [InlineData("local/a", "local/a/x", true, "no configuration of local/a/x")]
    public void What_is_not_one_bucket_is_refused(string roots, string path, bool withConfig, string expected)
    {
        UsageException e = Assert.Throws<UsageException>(
            () => BucketRestore.Of(Of(roots), path.Length == 0 ? [] : [path], withConfig));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("s3://b", "s3://b/"), InlineData("s3://b/p", "s3://b/p/"), InlineData("s3://b/p/", "s3://b/p/")]
    public async Task A_prefix_ends_in_a_slash(string word, string shown)
    {
        await using RestoreDestination to = RestoreDestination.Open(word, "/", "/r", new(), compareHeaders: false);

        Assert.Equal((true, shown), (to.IsBucket, to.Shown));
    }

    private static Snapshot Of(string roots) => new()
    {
        Id = default,
        Record = new SnapshotRecord
        {
            Name = "v1.0",
            Nonce = "",
            Time = default,
            Sources = [.. roots.Split(' ').Select(root => new SnapshotSource { Root = root })],
        },
    };
}
