using JadaStore.Collectors.Aws.Downloads;

namespace JadaStore.Collectors.Tests.Aws.Downloads;

/// <summary>A URL that a service gave out is asked for as it is, or at the server that stands in for AWS.</summary>
public sealed class GivenUrlTests
{
    private const string Query = "?versionId=a%2Fb&X-Amz-Signature=%3D/..//x&X-Amz-Security-Token=IQo%2B%2F";

    [Theory]
    [InlineData("https://awslambda-us-east-1-tasks.s3.us-east-1.amazonaws.com/fn-1",
        "http://moto:5000/awslambda-us-east-1-tasks/fn-1")]
    [InlineData("https://prod-04-2014-tasks.s3.amazonaws.com/snapshots/1/a%2Fb",
        "http://moto:5000/prod-04-2014-tasks/snapshots/1/a%2Fb")]
    [InlineData("https://b.c.s3-eu-west-1.amazonaws.com/k", "http://moto:5000/b.c/k")]
    [InlineData("https://b.s3.dualstack.eu-west-1.amazonaws.com/k", "http://moto:5000/b/k")]
    [InlineData("https://b.s3.cn-north-1.amazonaws.com.cn/k", "http://moto:5000/b/k")]
    [InlineData("https://a.s3.b.s3.us-east-1.amazonaws.com/k", "http://moto:5000/a.s3.b/k")]
    [InlineData("https://s3.us-east-1.amazonaws.com/b/k", "http://moto:5000/b/k")]
    [InlineData("https://s3.amazonaws.com/b/../k", "http://moto:5000/b/../k")]
    [InlineData("https://lambda.us-east-1.amazonaws.com/x/y", "http://moto:5000/x/y")]
    [InlineData("http://localhost:4566/b/k", "http://localhost:4566/b/k")]
    [InlineData("https://b.s3.amazonaws.com.example.org/k", "https://b.s3.amazonaws.com.example.org/k")]
    [InlineData("https://notamazonaws.com/k", "https://notamazonaws.com/k")]
    public void What_AWS_has_is_asked_of_the_server_that_stands_in_for_it(string given, string expected)
    {
        Uri? place = GivenUrl.Read(given + Query, new Uri("http://moto:5000/"));

        Assert.Equal(expected + Query, place!.GetLeftPart(UriPartial.Authority) + place.PathAndQuery);
        Assert.Equal(
            expected.Replace("//moto:5000", "//moto:5000/under", StringComparison.Ordinal) + Query,
            GivenUrl.Read(given + Query, new Uri("http://moto:5000/under/")) is { } under
                ? under.GetLeftPart(UriPartial.Authority) + under.PathAndQuery : null);
    }

    [Fact]
    public void Without_one_it_stays_as_it_is_byte_by_byte()
    {
        const string Given = "https://awslambda-us-east-1-tasks.s3.us-east-1.amazonaws.com/a//b/../c%2Fd" + Query;

        Uri? place = GivenUrl.Read(Given, null);

        Assert.Equal(Given, place!.GetLeftPart(UriPartial.Authority) + place.PathAndQuery);
    }

    [Theory]
    [InlineData("http://b.s3.amazonaws.com/k", true)]
    [InlineData("https://b.s3.amazonaws.com/k HTTP/1.1\r\nx: y", false)]
    [InlineData("https://b.s3.amazonaws.com/k?a\nb", false)]
    [InlineData("https://b.s3.amazonaws.com/ä", false)]
    [InlineData("s3://", false)]
    [InlineData("s3://b/k", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://user:password@b.s3.amazonaws.com/k", false)]
    [InlineData("/k", false)]
    [InlineData("", false)]
    [InlineData("https://", false)]
    public void What_is_no_place_for_content_is_refused(string given, bool isPlaceOfStandIn)
    {
        Assert.Null(GivenUrl.Read(given, null));
        Assert.Equal(isPlaceOfStandIn, GivenUrl.Read(given, new Uri("http://moto:5000")) is not null);
    }
}
