using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Calls;

public class AwsCallsTests
{
    private static readonly AwsModel S3 = AwsModel.Load("s3");

    [Fact]
    public async Task All_pages_come_as_one_answer()
    {
        var transport = new FakeTransport(request => Token(request) switch
        {
            null => Page("<Bucket><Name>a</Name></Bucket>", "t/1 +"),
            "t/1 +" => Page("", "t2"),
            _ => Page("<Bucket><Name>b</Name></Bucket>", null),
        });

        JsonObject all = await new AwsCalls(S3, transport).CallAllAsync("ListBuckets", [], default);

        Assert.Equal("""{"Owner":{"ID":"me"},"Buckets":[{"Name":"a"},{"Name":"b"}]}""", all.ToJsonString());
        Assert.Equal([null, "t/1 +", "t2"], transport.Sent.Select(Token));
    }

    [Fact]
    public async Task Pages_that_go_in_a_circle_end()
    {
        var transport = new FakeTransport(request => Page("", Token(request) == "x" ? "y" : "x"));

        AwsException e = await Assert.ThrowsAsync<AwsException>(
            () => new AwsCalls(S3, transport).CallAllAsync("ListBuckets", [], default));
        Assert.Contains("circle", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_more_to_come_ends_the_pages()
    {
        var transport = new FakeTransport(_ => """
            <ListInventoryConfigurationsResult><IsTruncated>false</IsTruncated><NextContinuationToken>x</NextContinuationToken>
            <InventoryConfiguration><Id>a</Id></InventoryConfiguration></ListInventoryConfigurationsResult>
            """);

        JsonObject all = await new AwsCalls(S3, transport).CallAllAsync(
            "ListBucketInventoryConfigurations", new JsonObject { ["Bucket"] = "b" }, default);

        Assert.Equal("""{"InventoryConfigurationList":[{"Id":"a"}]}""", all.ToJsonString());
        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task An_answer_that_is_garbled_is_asked_for_again()
    {
        int times = 0;
        var transport = new FakeTransport(_ => ++times < 5 ? "<Tagging><TagSet>" : "<Tagging><TagSet/></Tagging>");

        JsonObject tags = await new AwsCalls(S3, transport).CallAsync(
            "GetBucketTagging", new JsonObject { ["Bucket"] = "b" }, default);

        Assert.Equal("""{"TagSet":[]}""", tags.ToJsonString());
        Assert.Equal(5, transport.Sent.Count);
    }

    /// <summary>A policy that is cut short is still a text.</summary>
    [Fact]
    public async Task An_answer_that_is_shorter_than_announced_is_never_taken()
    {
        var transport = new FakeTransport(_ => "{}") { Announced = 3 };

        await Assert.ThrowsAsync<AwsException>(() => new AwsCalls(S3, transport).CallAsync(
            "GetBucketPolicy", new JsonObject { ["Bucket"] = "b" }, default));
        Assert.Equal(5, transport.Sent.Count);
    }

    private static string? Token(AwsRequest request) =>
        request.Query.FirstOrDefault(one => one.Key == "continuation-token").Value;

    private static string Page(string buckets, string? token) =>
        $"<R><Owner><ID>me</ID></Owner><Buckets>{buckets}</Buckets>{(token is null ? "" : $"<ContinuationToken>{token}</ContinuationToken>")}</R>";
}
