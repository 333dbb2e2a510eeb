using JadaStore.Cli.Repositories;
using JadaStore.Cli.Sources;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Survey;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Tests.Repositories;

public sealed class EstateFileTests
{
    private static readonly AccountView View = new(
        "123456789012", "arn:aws:iam::123456789012:user/backup", ["eu-west-1", "us-east-1"], ["b", "a-logs"], null,
        [
            new("lambda", "us-east-1", "functions", CoverageState.Captured, 50, true, ""),
            new("lambda", "eu-west-1", "functions", CoverageState.Captured, 2, false, ""),
            new("acm", "us-east-1", "certificates", CoverageState.Captured, 0, false, ""),
            new("route53", "", "zones", CoverageState.Denied, 0, false, "no"),
        ]);

    [Fact]
    public void What_is_written_is_read_again_and_says_what_was_seen()
    {
        string text = new EstateFile(View, "/r \"x\\", new AwsOptions { Profile = "pro\"file", Region = "eu-west-1" })
            .Text();
        ConfigFile config = Read(text);

        Assert.Equal("/r \"x\\", config.Repository);
        var aws = Assert.IsType<AwsSourceTable>(config.Sources[0]);
        Assert.Equal(
            ("*", "*", "pro\"file", "eu-west-1"),
            (aws.Services[0], aws.Regions[0], aws.Access.Profile, aws.Access.Region));
        var s3 = Assert.IsType<S3SourceTable>(config.Sources[1]);
        Assert.Equal(
            ("*", "pro\"file", true, 0), (s3.Buckets[0], s3.Access.Profile, s3.Config, s3.ExcludeBuckets.Count));
        Assert.Contains("account 123456789012 (arn:aws:iam::123456789012:user/backup)", text, StringComparison.Ordinal);
        Assert.Contains("us-east-1: 50+ functions; eu-west-1: 2 functions", text, StringComparison.Ordinal);
        Assert.Contains($"{"nothing in",-24}acm\n", text, StringComparison.Ordinal);
        Assert.Contains($"{"denied",-24}route53\n", text, StringComparison.Ordinal);
        Assert.Contains("# exclude-buckets = [\"a-logs\"]", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void Examples_in_comments_are_good_once_they_are_no_comments()
    {
        string text = new EstateFile(View, "r", new AwsOptions()).Text();
        string[] keys = ["[[source]]", "type =", "name =", "path =", "scripts =", "exclude", "prefix =", "versions ="];
        string open = string.Join('\n', text.Split('\n').Select(line =>
            keys.Any(key => line.StartsWith("# " + key, StringComparison.Ordinal)) ? line[2..] : line));

        Assert.Equal(["aws", "s3", "tools", "apps-script"], Read(open).Sources.Select(source => source.Name));
    }

    [Fact]
    public void An_account_without_buckets_has_no_source_that_would_choose_none()
    {
        AccountView view = View with { Buckets = [], BucketsProblem = "denied\n[[source]]" };

        Assert.Equal(["aws"], Read(new EstateFile(view, "r", new AwsOptions()).Text()).Sources.Select(one => one.Name));
    }

    private static ConfigFile Read(string toml)
    {
        using var shell = new TestShell();
        shell.Write("jstore.toml", toml);
        return ConfigFile.FindUpwards(shell.Folder)!;
    }
}
