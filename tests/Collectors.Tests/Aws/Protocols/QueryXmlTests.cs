using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Protocols;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

public class QueryXmlTests
{
    private static readonly AwsModel Iam = AwsModel.Of("iam");
    private static readonly AwsModel Ec2 = AwsModel.Of("ec2");

    [Theory]
    [InlineData("<GetAccountAuthorizationDetailsResult>", "</GetAccountAuthorizationDetailsResult>")]
    [InlineData("", "")]
    public void What_is_about_the_answer_is_no_part_of_it_and_the_wrapper_may_lack(string open, string close)
    {
        string body = $"""
            <R>{open}<GroupDetailList/><New>1</New>{close}
            <ResponseMetadata><RequestId>x</RequestId></ResponseMetadata></R>
            """;

        Same("""{"GroupDetailList":[],"New":"1"}""", Read(Iam, "GetAccountAuthorizationDetails", body));
    }

    [Fact]
    public void Regions_are_read_as_EC2_writes_them()
    {
        // The example of DescribeRegions in the EC2 API reference.
        const string Body = """
            <DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>59dbff89</requestId>
            <regionInfo><item><regionName>us-east-1</regionName>
            <regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint></item></regionInfo></DescribeRegionsResponse>
            """;

        JsonObject read = Read(Ec2, "DescribeRegions", Body);

        Assert.Equal("Regions", Assert.Single(read).Key);
        Assert.Equal("us-east-1", read["Regions"]![0]!["RegionName"]!.ToString());
    }

    [Theory]
    [InlineData("<html><p>oops"), InlineData("oops"), InlineData("{}"), InlineData("<!DOCTYPE html><html></html>")]
    public void A_body_that_is_no_answer_is_an_error_of_the_service(string body) => Assert.Equal(
        "MalformedAnswer", Assert.Throws<AwsException>(() => Read(Ec2, "DescribeRegions", body)).Code);

    /// <summary>Texts are put together once, not once a part.</summary>
    [Fact]
    public async Task A_text_in_many_parts_is_read_in_time_that_follows_its_length()
    {
        string body = $"<R><New>{string.Concat(Enumerable.Repeat("xxxxxxxx<b/>", 300_000))}</New></R>";

        JsonObject read = await Task.Run(() => Read(Ec2, "DescribeRegions", body)).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(2_400_000, read["New"]!["#text"]!.ToString().Length);
    }

    private static void Same(string expected, JsonObject read) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), read), read.ToJsonString());

    private static JsonObject Read(AwsModel model, string operation, string body) => AwsProtocols.Of(model).Read(
        model.Operation(operation), new WholeAnswer(200, [], Encoding.UTF8.GetBytes(body)));
}
