using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.Aws.Requests;

[Collection(SharedJudge.Name)]
public sealed class AwsHostsTests(AwsJudge judge)
{
    private static readonly string[] Regions =
    [
        "us-east-1", "eu-central-1", "me-south-1", "us-gov-west-1", "us-gov-east-1", "cn-north-1", "cn-northwest-1",
        "eusc-de-east-1", "us-iso-west-1",
    ];

    public static TheoryData<string> Services => KnownModels.Names;

    [JudgeTheory, MemberData(nameof(Services))]
    public void Hosts_and_signing_regions_are_those_that_botocore_uses(string name)
    {
        AwsService service = AwsService.Of(AwsModel.Of(name));
        for (HostVariants variants = HostVariants.None; name != "s3" && variants <= (HostVariants)3; variants++)
        {
            JsonArray found = judge.Ask(
                "hosts", name, Regions, variants.HasFlag(HostVariants.Fips), variants.HasFlag(HostVariants.DualStack))
                .AsArray();
            for (int i = 0; i < Regions.Length; i++)
            {
                if (found[i] is { } expected)
                {
                    Assert.Equal(
                        (Regions[i], variants, expected[0]!.GetValue<string>()),
                        (Regions[i], variants, AwsHosts.Table.HostOf(service, Regions[i], variants)));
                    Assert.True(
                        variants != HostVariants.None
                            || expected[1]!.GetValue<string>() == AwsHosts.Table.SigningRegionOf(service, Regions[i]),
                        $"{Regions[i]}: {expected[1]}");
                }
            }
        }
    }

    [Theory]
    [InlineData("eu-new-9", "aws", "lambda.eu-new-9.amazonaws.com")]
    [InlineData("cn-new-9", "aws-cn", "lambda.cn-new-9.amazonaws.com.cn")]
    [InlineData("us-gov-new-9", "aws-us-gov", "lambda.us-gov-new-9.amazonaws.com")]
    [InlineData("local", "aws", "lambda.local.amazonaws.com")]
    public void A_region_that_is_not_known_has_a_host_by_its_name(string region, string partition, string host)
    {
        var lambda = new AwsService("lambda", "lambda", "lambda", "Lambda");

        Assert.Equal(partition, AwsHosts.Table.PartitionOf(region).Name);
        Assert.Equal(host, AwsHosts.Table.HostOf(lambda, region, HostVariants.None));
        Assert.False(AwsRegions.Has("lambda", region));
    }

    [Theory]
    [InlineData("iam", "eu-west-3", true)]
    [InlineData("ec2", "us-east-1", true)]
    [InlineData("cloudfront", "us-gov-west-1", false)]
    [InlineData("nothing", "us-east-1", false)]
    public void Where_a_service_is_is_known(string service, string region, bool there) =>
        Assert.Equal(there, AwsRegions.Has(service, region));

    [Fact]
    public void Buckets_have_hosts_of_every_kind()
    {
        var request = new AwsRequest { Operation = "GetObject", Method = "GET", Bucket = "bucket", Path = "/k" };
        string Host(HostVariants variants) =>
            new AwsEndpoint(AwsService.S3, null, pathStyle: false, variants).Resolve("us-east-1", request).Host;

        Assert.Equal("bucket.s3.us-east-1.amazonaws.com", Host(HostVariants.None));
        Assert.Equal("bucket.s3-fips.us-east-1.amazonaws.com", Host(HostVariants.Fips));
        Assert.Equal("bucket.s3.dualstack.us-east-1.amazonaws.com", Host(HostVariants.DualStack));
        Assert.Equal(
            "bucket.s3-fips.dualstack.us-east-1.amazonaws.com", Host(HostVariants.Fips | HostVariants.DualStack));
    }

    [Fact]
    public void A_prefix_stands_before_AWSs_own_hosts_only()
    {
        var service = new AwsService("s3control", "s3", "s3-control", "S3 Control");
        var request = new AwsRequest { Operation = "ListJobs", Method = "GET", HostPrefix = "123.", Path = "/" };

        Assert.Equal(
            "123.s3-control.eu-west-1.amazonaws.com",
            new AwsEndpoint(service, null, false).Resolve("eu-west-1", request).Host);
        Assert.Equal(
            "127.0.0.1:9",
            new AwsEndpoint(service, new Uri("http://127.0.0.1:9"), false).Resolve("eu-west-1", request).Host);
    }
}
