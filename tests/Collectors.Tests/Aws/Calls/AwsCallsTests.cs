using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Calls;

public class AwsCallsTests
{
    private static readonly AwsModel S3 = AwsModel.Of("s3");

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

    [Fact]
    public async Task Several_lists_go_on_together_and_what_holds_for_one_page_is_left_out()
    {
        AwsModel iam = AwsModel.Of("iam");
        string[] pages =
        [
            """
            <UserDetailList><member><UserName>u</UserName></member></UserDetailList>
            <IsTruncated>true</IsTruncated><Marker>m</Marker><New>1</New>
            """,
            """
            <RoleDetailList><member><RoleName>r</RoleName></member></RoleDetailList>
            <IsTruncated>true</IsTruncated><Marker>n</Marker>
            """,
            """
            <UserDetailList><member><UserName>v</UserName></member></UserDetailList><Policies/>
            <IsTruncated>false</IsTruncated><New>2</New>
            """,
        ];
        int sent = 0;
        var transport = new FakeTransport(_ =>
            $"<R><GetAccountAuthorizationDetailsResult>{pages[sent++]}</GetAccountAuthorizationDetailsResult></R>");

        JsonObject all = await new AwsCalls(iam, transport).CallAllAsync("GetAccountAuthorizationDetails", [], default);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"UserDetailList":[{"UserName":"u"},{"UserName":"v"}],"RoleDetailList":[{"RoleName":"r"}],
            "Policies":[],"New":"1"}
            """), all), all.ToJsonString());
        string last = System.Text.Encoding.UTF8.GetString(transport.Sent[2].Body.Span);
        Assert.EndsWith("Marker=n", last, StringComparison.Ordinal);
    }

    /// <summary>AWS Backup gives tags as a map, page by page.</summary>
    [Fact]
    public async Task A_map_goes_on_from_page_to_page_as_a_list_does()
    {
        var transport = new FakeTransport(request => request.Query.Count == 0
            ? """{"Tags": {"a": "1", "b": "2"}, "NextToken": "t"}"""
            : """{"Tags": {"c": "3"}}""");

        JsonObject all = await new AwsCalls(AwsModel.Of("backup"), transport)
            .CallAllAsync("ListTags", new JsonObject { ["ResourceArn"] = "arn" }, default);

        Assert.Equal("""{"Tags":{"a":"1","b":"2","c":"3"}}""", all.ToJsonString());
    }

    [Fact]
    public async Task Pages_that_differ_in_kind_are_no_answer()
    {
        var transport = new FakeTransport(request => request.Query.Count == 0
            ? """{"Tags": {"a": "1"}, "NextToken": "t"}"""
            : """{"Tags": ["c"]}""");

        AwsException e = await Assert.ThrowsAsync<AwsException>(() => new AwsCalls(AwsModel.Of("backup"), transport)
            .CallAllAsync("ListTags", new JsonObject { ["ResourceArn"] = "arn" }, default));

        Assert.Equal("MalformedAnswer", e.Code);
    }

    [Fact]
    public async Task A_list_inside_a_member_goes_on_and_its_neighbours_of_one_page_do_not_stay()
    {
        static string Page(string head, string id) => $"""
            <L>{head}<MaxItems>1</MaxItems><Quantity>1</Quantity>
            <Items><DistributionSummary><Id>{id}</Id></DistributionSummary></Items></L>
            """;
        var transport = new FakeTransport(request => request.Query.Count == 0
            ? Page("<Marker></Marker><NextMarker>x</NextMarker><IsTruncated>true</IsTruncated>", "a")
            : Page("<Marker>x</Marker><IsTruncated>false</IsTruncated>", "b"));

        JsonObject all = await new AwsCalls(AwsModel.Of("cloudfront"), transport)
            .CallAllAsync("ListDistributions", [], default);

        Assert.Equal("""{"DistributionList":{"Items":[{"Id":"a"},{"Id":"b"}]}}""", all.ToJsonString());
        Assert.Equal("Marker=x", transport.Sent[1].Query.Select(one => $"{one.Key}={one.Value}").Single());
    }

    [Fact]
    public async Task A_page_that_says_that_there_is_more_and_not_where_is_no_last_one()
    {
        var transport = new FakeTransport(_ =>
            "<L><IsTruncated>true</IsTruncated><Items><DistributionSummary><Id>a</Id></DistributionSummary></Items></L>");

        AwsException e = await Assert.ThrowsAsync<AwsException>(() =>
            new AwsCalls(AwsModel.Of("cloudfront"), transport).CallAllAsync("ListDistributions", [], default));

        Assert.Equal("MalformedAnswer", e.Code);
    }

    private static string? Token(AwsRequest request) =>
        request.Query.FirstOrDefault(one => one.Key == "continuation-token").Value;

    private static string Page(string buckets, string? token) =>
        $"<R><Owner><ID>me</ID></Owner><Buckets>{buckets}</Buckets>{(token is null ? "" : $"<ContinuationToken>{token}</ContinuationToken>")}</R>";
}
