using System.Text.Json.Nodes;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>What is shown needs no network here: no glob has to be looked up.</summary>
public sealed class SourcesCommandTests : IDisposable
{
    private const string Estate = """
        repository = "store"

        [[source]]
        type = "local"
        path = "site"
        name = "sailjada.com"

        [[source]]
        type = "s3"
        buckets = ["one", "two"]
        exclude-buckets = ["two"]
        prefix = "x/"
        versions = "all"

        [[source]]
        type = "aws"
        services = ["route53", "lambda"]
        regions = ["us-east-1", "eu-west-1"]
        prefix = "acme"
        profile = "acme"

        [[source]]
        type = "apps-script"
        scripts = ["1abc=booking"]
        folders = ["scripts"]
        """;

    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Each_source_is_shown_with_its_root_and_where_it_is_read_from()
    {
        _shell.Write("jstore.toml", Estate);

        Assert.Equal(0, await _shell.RunAsync("sources", "--json"));

        Assert.Equal(
            [
                $"sailjada.com local local/sailjada.com {_shell.Folder}/site ",
                "s3 s3 s3/one s3://one/x/ ",
                "s3 s3-versions s3-versions/one s3://one/x/ ",
                "s3 s3-config s3-config/one s3://one ",
                "aws aws acme/lambda lambda of acme eu-west-1 us-east-1",
                "aws aws acme/route53 route53 of acme ",
                $"apps-script apps-script apps-script booking, {_shell.Folder}/scripts ",
            ],
            JsonNode.Parse(_shell.Text)!.AsArray().Select(one => $"{one!["name"]} {one["kind"]} {one["root"]} "
                + $"{one["from"]} {string.Join(' ', one["regions"]!.AsArray())}"));
        Assert.Equal(0, await _shell.RunAsync("sources"));
        Assert.Equal(8, _shell.Text.TrimEnd().Split('\n').Length);
        Assert.False(Directory.Exists(Path.Combine(_shell.Folder, "store")));
    }

    [Fact]
    public async Task Names_and_typed_sources_are_chosen_as_a_snapshot_chooses_them()
    {
        _shell.Write("jstore.toml", Estate);

        Assert.Equal(
            0, await _shell.RunAsync("sources", "apps-script", "s3://bucket", "aws://lambda/eu-west-1", "--json"));

        Assert.Equal(
            ["s3/bucket", "apps-script", "lambda"],
            JsonNode.Parse(_shell.Text)!.AsArray().Select(one => one!["root"]!.ToString()));
    }

    [Fact]
    public async Task A_service_that_is_not_known_is_told_with_those_that_are()
    {
        Assert.Equal(2, await _shell.RunAsync("sources", "aws://lamda"));
        Assert.Contains("names no service", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("lambda", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_accounts_under_one_root_are_told_to_take_a_prefix()
    {
        _shell.Write("jstore.toml", """
            [[source]]
            type = "aws"
            services = ["iam"]
            [[source]]
            type = "aws"
            name = "other"
            services = ["iam"]
            """);

        Assert.Equal(1, await _shell.RunAsync("sources"));
        Assert.Contains("aws and other would both take iam", _shell.Error, StringComparison.Ordinal);
        Assert.Contains("`prefix`", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_glob_that_is_none_is_told()
    {
        _shell.Write("jstore.toml", "[[source]]\ntype = \"aws\"\nservices = [\"iam\"]\nexclude = [\"iam/[z-a\"]\n");

        Assert.Equal(1, await _shell.RunAsync("sources"));
        Assert.Contains("`exclude` of the source aws", _shell.Error, StringComparison.Ordinal);
    }
}
