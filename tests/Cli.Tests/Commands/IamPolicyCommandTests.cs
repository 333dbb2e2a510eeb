using System.Text.Json.Nodes;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>Nothing is asked of AWS; what the rows of services need is tested where they are.</summary>
public sealed class IamPolicyCommandTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_policy_is_that_of_the_sources_chosen()
    {
        _shell.Write("jstore.toml", """
            [[source]]
            type = "local"
            path = "."
            [[source]]
            type = "aws"
            services = ["route53", "lambda"]
            regions = ["us-east-1"]
            [[source]]
            type = "s3"
            buckets = ["web-*"]
            prefix = "x/"
            config = false
            """);

        Assert.Equal(0, await _shell.RunAsync("iam-policy"));
        (string[] actions, string[] resources) = Policy();
        Assert.Contains("route53:ListHostedZones", actions);
        Assert.Contains("lambda:GetFunction", actions);
        Assert.Contains("s3:ListAllMyBuckets", actions);
        Assert.DoesNotContain("s3:GetBucketPolicy", actions);
        Assert.DoesNotContain("ec2:DescribeRegions", actions);
        Assert.Contains("arn:aws:s3:::web-*/x/*", resources);

        Assert.Equal(0, await _shell.RunAsync("iam-policy", "aws://route53", "s3://bucket/p"));
        (actions, resources) = Policy();
        Assert.All(actions, action => Assert.Matches("^(route53|s3):", action));
        Assert.Equal(["*", "arn:aws:s3:::bucket", "arn:aws:s3:::bucket/p*"], resources.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_everything_no_action_writes()
    {
        _shell.Write("jstore.toml", "[[source]]\ntype = \"aws\"\n[[source]]\ntype = \"s3\"\nversions = \"all\"\n");

        Assert.Equal(0, await _shell.RunAsync("iam-policy"));
        (string[] actions, _) = Policy();
        Assert.Contains("ec2:DescribeRegions", actions);
        Assert.All(actions, action =>
            Assert.Matches("^[a-z0-9-]+:(Get|List|Describe|BatchGet|GET$|View|Search)", action));
        Assert.DoesNotContain(actions, action => action.Contains('*', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Managed_policies_are_each_short_enough()
    {
        _shell.Write("jstore.toml", "[[source]]\ntype = \"aws\"\n[[source]]\ntype = \"s3\"\n");

        Assert.Equal(0, await _shell.RunAsync("iam-policy", "--managed"));
        JsonArray policies = JsonNode.Parse(_shell.Text)!.AsArray();
        Assert.All(policies, policy => Assert.True(policy!.ToJsonString().Length <= 6144));
    }

    [Fact]
    public async Task Without_a_source_of_AWS_it_says_what_to_do()
    {
        _shell.Write("jstore.toml", "[[source]]\ntype = \"local\"\npath = \".\"\n");

        Assert.Equal(2, await _shell.RunAsync("iam-policy"));
        Assert.Contains("aws://lambda", _shell.Error, StringComparison.Ordinal);
    }

    private (string[] Actions, string[] Resources) Policy()
    {
        JsonArray statements = JsonNode.Parse(_shell.Text)!["Statement"]!.AsArray();
        Assert.All(statements, statement => Assert.Equal("Allow", statement!["Effect"]!.ToString()));
        return (Texts(statements, "Action"), Texts(statements, "Resource"));
    }

    private static string[] Texts(JsonArray statements, string member) =>
    [
        .. statements.SelectMany(statement => statement![member] switch
        {
            JsonArray many => many.Select(one => one!.ToString()),
            var one => [one!.ToString()],
        }).Distinct(),
    ];
}
