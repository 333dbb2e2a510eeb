using Amazon.Runtime;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Survey;

namespace JadaStore.Collectors.Tests.Aws.Survey;

/// <summary>A look asks where a capture would: AWS refuses CloudFront's rules in all regions but one.</summary>
public class AccountSurveyTests
{
    [Theory]
    [InlineData("wafv2", "cloudfront-web-acls", "us-east-1")]
    [InlineData("wafv2", "regional-web-acls", "eu-central-1", "eu-west-1")]
    [InlineData("lightsail", "domains", "us-east-1")]
    [InlineData("cloudwatch", "dashboards", "eu-central-1")]
    public void A_look_asks_each_kind_where_it_is_told_of(string service, string kind, params string[] regions)
    {
        using var access = new AwsAccess(
            new AwsOptions { EndpointUrl = "http://127.0.0.1:9", Region = "eu-west-1" }, TimeProvider.System,
            new ImmutableCredentials("test", "test", null));

        IEnumerable<SurveyQuestion> asked =
            AccountSurvey.Questions(access, service, ["eu-west-1", "eu-central-1"], "1");

        Assert.Equal(regions, asked.Where(one => one.Kind == kind).Select(one => one.Region).Order());
    }
}
