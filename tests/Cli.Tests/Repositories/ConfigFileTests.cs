using JadaStore.Cli.Repositories;
using JadaStore.Cli.Sources;
using JadaStore.Collectors.AppsScript;
using JadaStore.Store;

namespace JadaStore.Cli.Tests.Repositories;

public class ConfigFileTests
{
    [Fact]
    public void Everything_that_can_be_said_is_understood()
    {
        ConfigFile config = Read("""
            repository = "store"   # ours

            [[source]]
            type = "local"
            path = "../site/"
            exclude = ["*.tmp", "node_modules/"]

            [[source]]
            type = "local"
            path = '/srv/x'
            name = "sailjada.com"

            [[source]]
            type = "s3"

            [[source]]
            type = "s3"
            buckets = ["only"]

            [[source]]
            type = "s3"
            name = "everything"
            buckets = ["a-*", "b"]
            exclude-buckets = ["*-logs"]
            prefix = "x/"
            exclude = ["*.log"]
            versions = "all"
            config = false
            profile = "client"
            region = "eu-west-1"
            endpoint-url = "https://s3.example"
            path-style = true
            """);

        Assert.Equal("store", config.Repository);
        Assert.Equal(
            ["site", "sailjada.com", "s3", "only", "everything"], config.Sources.Select(source => source.Name));
        var local = Assert.IsType<LocalSourceTable>(config.Sources[0]);
        Assert.Equal(("../site/", 2), (local.Path, local.Exclude.Count));
        var all = Assert.IsType<S3SourceTable>(config.Sources[2]);
        Assert.Equal(
            ("*", true, false, null), (Assert.Single(all.Buckets), all.Config, all.AllVersions, all.Access.PathStyle));
        var s3 = Assert.IsType<S3SourceTable>(config.Sources[4]);
        Assert.Equal(["a-*", "b"], s3.Buckets);
        Assert.Equal(["*-logs"], s3.ExcludeBuckets);
        Assert.Equal(["*.log"], s3.Exclude);
        Assert.Equal(
            ("x/", true, false, "client", "eu-west-1", "https://s3.example", true),
            (s3.Prefix, s3.AllVersions, s3.Config, s3.Access.Profile, s3.Access.Region, s3.Access.EndpointUrl, s3.Access.PathStyle!.Value));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_each_with_its_line()
    {
        StoreException e = Assert.Throws<StoreException>(() => Read("""
            repository = 3
            repo = "x"

            [[source]]
            type = "s3"
            bucket = "b"
            buckets = ["a", 1, ""]
            versions = "some"
            config = "yes"
            config = true

            [other]
            x = 1

            [[source]]
            path = "x"

            [[source]]
            type = "local"
            name = "a/b"
            exclude = "x"
            region = ""
            """));

        string[] lines = [.. e.Message.Split('\n').Select(
            line => line[line.IndexOf(", line", StringComparison.Ordinal)..])];
        Assert.Equal(
            [
                ", line 1: `repository` is a number; it has to be text.",
                ", line 2: `repo` means nothing in jstore.toml; known are repository, source, retention, alarm.",
                ", line 6: `bucket` means nothing in a source of type \"s3\"; known are type, name, buckets, exclude-buckets, prefix, exclude, versions, config, profile, region, endpoint-url, path-style, no-sign-request.",
                ", line 7: `buckets` is a list of texts, and holds a number.",
                ", line 7: `buckets` is a list of texts, and holds empty text.",
                ", line 8: `versions` is \"some\"; it can be \"current\" or \"all\".",
                ", line 9: `config` is text; it has to be true or false.",
                ", line 10: `config` comes twice.",
                ", line 12: `other` means nothing in jstore.toml; known are repository, source, retention, alarm.",
                ", line 16: a [[source]] needs a `type`: \"local\", \"s3\", \"aws\" or \"apps-script\".",
                ", line 19: `name` may not be \"a/b\": it may not be `.` or `..`, nor hold `/`.",
                ", line 19: a source of type \"local\" needs a `path`.",
                ", line 21: `exclude` is text; it has to be a list.",
                ", line 22: `region` means nothing in a source of type \"local\"; known are type, name, path, exclude.",
            ],
            lines);
    }

    [Fact]
    public void An_estate_is_understood()
    {
        ConfigFile config = Read("""
            [[source]]
            type = "aws"

            [[source]]
            type = "aws"
            name = "client"
            services = ["lambda", "api*"]
            exclude-services = ["apigatewayv2"]
            regions = ["all", "eu-west-1"]
            exclude = ["lambda/*/test-*"]
            prefix = "clients/acme"
            profile = "acme"
            region = "eu-west-1"
            endpoint-url = "https://aws.example"

            [[source]]
            type = "apps-script"

            [[source]]
            type = "apps-script"
            name = "mine"
            scripts = ["1abc", "1def=booking"]
            folders = ["scripts"]
            versions = "current"
            prefix = "me"
            credentials = "login.json"
            user = "work"

            [[source]]
            type = "apps-script"
            name = "pulled"
            folders = ["scripts"]
            """);

        var every = Assert.IsType<AwsSourceTable>(config.Sources[0]);
        Assert.Equal(
            ("aws", "*", "*", ""), (every.Name, every.Services.Single(), every.Regions.Single(), every.Prefix));
        var aws = Assert.IsType<AwsSourceTable>(config.Sources[1]);
        Assert.Equal(["lambda", "api*"], aws.Services);
        Assert.Equal(["apigatewayv2"], aws.ExcludeServices);
        Assert.Equal(["*", "eu-west-1"], aws.Regions);
        Assert.Equal(["lambda/*/test-*"], aws.Exclude);
        Assert.Equal(
            ("clients/acme", "acme", "eu-west-1", "https://aws.example"),
            (aws.Prefix, aws.Access.Profile, aws.Access.Region, aws.Access.EndpointUrl));
        var scripts = Assert.IsType<AppsScriptSourceTable>(config.Sources[2]);
        Assert.Equal(("apps-script", true, true), (scripts.Name, scripts.All, scripts.AllVersions));
        var mine = Assert.IsType<AppsScriptSourceTable>(config.Sources[3]);
        Assert.Equal([new ScriptChoice("1abc", null), new ScriptChoice("1def", "booking")], mine.Scripts);
        Assert.Equal(
            (false, false, "scripts", "me", "login.json", "work"),
            (mine.All, mine.AllVersions, mine.Folders.Single(), mine.Prefix, mine.Credentials, mine.User));
        Assert.False(Assert.IsType<AppsScriptSourceTable>(config.Sources[4]).All);
    }

    [Fact]
    public void Mistakes_of_an_estate_are_told_at_once_each_with_its_line()
    {
        StoreException e = Assert.Throws<StoreException>(() => Read("""
            [[source]]
            type = "aws"
            services = ["lamda", "iam"]
            regions = ["Frankfurt"]
            prefix = "a//b"
            buckets = ["x"]

            [[source]]
            type = "apps-script"
            scripts = ["a b", "x="]
            versions = 3
            prefix = "../x"
            """));

        string[] lines = [.. e.Message.Split('\n').Select(
            line => line[line.IndexOf(", line", StringComparison.Ordinal)..])];
        Assert.StartsWith(
            ", line 3: `services` names lamda, which is none of acm, ", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                ", line 4: `regions` holds \"Frankfurt\", which is no region; it can be \"eu-west-1\", \"eu-*\" "
                    + "or \"all\".",
                ", line 5: `prefix` may not be \"a//b\": it is a path without `.`, `..` and a `/` at an end.",
                ", line 6: `buckets` means nothing in a source of type \"aws\"; known are type, name, services, regions, "
                    + "exclude-services, exclude, prefix, profile, region, endpoint-url.",
                ", line 10: `scripts` holds \"a b\", which is no script id; it can be \"ID\", \"ID=NAME\" or \"all\".",
                ", line 10: `scripts` holds \"x=\", which is no script id; it can be \"ID\", \"ID=NAME\" or \"all\".",
                ", line 11: `versions` is a number; it has to be text.",
                ", line 12: `prefix` may not be \"../x\": it is a path without `.`, `..` and a `/` at an end.",
            ],
            lines[1..]);
    }

    [Fact]
    public void Two_sources_of_one_name_are_refused()
    {
        StoreException e = Assert.Throws<StoreException>(
            () => Read("[[source]]\ntype = \"s3\"\n\n[[source]]\ntype = \"s3\"\n"));

        Assert.Contains("line 5: two sources are called s3", e.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("source = 1"), InlineData("[source]\ntype = \"s3\""), InlineData("source = [1]")]
    public void A_source_is_a_table_of_a_list(string toml) =>
        Assert.Contains("`source`", Assert.Throws<StoreException>(() => Read(toml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""a = "\ud83d" """)]
    [InlineData("""a = "\UFFFFFFFF" """)]
    [InlineData("""a = "\u0""")]
    [InlineData("a = 99999999999999999999999999")]
    [InlineData("a = 1e99999")]
    [InlineData("a = 2026-13-45T99:99:99Z")]
    public void What_means_no_letter_or_number_is_refused_with_the_file(string toml) =>
        Assert.Contains(
            "jstore.toml", Assert.Throws<StoreException>(() => Read(toml)).Message, StringComparison.Ordinal);

    /// <summary>Were the parser to call itself for each, a file could end the process.</summary>
    [Theory]
    [InlineData("a = ", "[", 1_000_000)]
    [InlineData("a = ", "{b=", 1_000_000)]
    [InlineData("a", ".a", 200_000)]
    [InlineData("[a", ".a", 200_000)]
    [InlineData("[[a", ".a", 200_000)]
    public void Deep_nesting_is_refused(string begin, string again, int times) =>
        Assert.Throws<StoreException>(() => Read(begin + string.Concat(Enumerable.Repeat(again, times))));

    private static ConfigFile Read(string toml)
    {
        using var shell = new TestShell();
        shell.Write("jstore.toml", toml);
        return ConfigFile.FindUpwards(shell.Folder)!;
    }
}
