using JadaStore.Cli.Sources;
using JadaStore.Collectors.Aws.Access;

namespace JadaStore.Cli.Tests.Sources;

/// <summary>The bound on requests is one account's only as long as all of its sources share one way in.</summary>
public sealed class AwsAccessesTests
{
    [Fact]
    public void Sources_with_the_same_options_share_one_way_and_others_have_another()
    {
        var accesses = new AwsAccesses(new AwsOptions());
        AwsAccess first = accesses.Of(new AwsOptions { Region = "eu-west-1" });

        Assert.Same(first, accesses.Of(new AwsOptions { Region = "eu-west-1" }));
        Assert.NotSame(first, accesses.Of(new AwsOptions { Region = "us-east-1" }));
        Assert.NotSame(first, accesses.Typed);
    }

    [Fact]
    public void The_command_line_wins_over_what_a_source_says()
    {
        var accesses = new AwsAccesses(new AwsOptions { EndpointUrl = "http://127.0.0.1:1" });

        AwsAccess access = accesses.Of(new AwsOptions { EndpointUrl = "http://other", Region = "eu-west-1" });

        Assert.Equal(("http://127.0.0.1:1", "eu-west-1"), (access.Options.EndpointUrl, access.Options.Region));
    }
}
