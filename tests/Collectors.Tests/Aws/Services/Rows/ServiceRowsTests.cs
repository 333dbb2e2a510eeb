using System.Text;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;

namespace JadaStore.Collectors.Tests.Aws.Services.Rows;

/// <summary>
/// What the rows themselves must ask, keep and leave out; answers are written by AWS's documentation.
/// </summary>
public class ServiceRowsTests
{
    /// <summary>The archive of a FIFO topic begins so and so many days before now.</summary>
    [Fact]
    public async Task From_when_on_a_topic_can_be_replayed_is_no_change()
    {
        string read = await TopicAsync("2026-11-01T00:00:00.000Z");

        Assert.Contains("FifoTopic", read, StringComparison.Ordinal);
        Assert.Equal(read, await TopicAsync("2026-11-02T00:00:00.000Z"));
    }

    /// <summary>A stack may name a parameter of SSM; CloudFormation tells what stood in it.</summary>
    [Fact]
    public async Task The_value_of_a_parameter_of_SSM_is_not_captured_with_a_stack()
    {
        Dictionary<string, string> read = await ReadAsync("cloudformation", operation => operation switch
        {
            "DescribeStacks" => """
                <R><DescribeStacksResult><Stacks><member>
                <StackName>shop</StackName><StackId>arn:1</StackId><CreationTime>2026-11-01T00:00:00Z</CreationTime>
                <Parameters><member><ParameterKey>Db</ParameterKey><ParameterValue>/prod/db</ParameterValue>
                <ResolvedValue>SECRET-MARK</ResolvedValue></member></Parameters>
                </member></Stacks></DescribeStacksResult></R>
                """,
            _ => null,
        });

        string stack = read["us-east-1/stacks/shop/stack.json"];
        Assert.Contains("/prod/db", stack, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET-MARK", stack, StringComparison.Ordinal);
    }

    /// <summary>Lambda says so in the place of filters that it cannot decrypt.</summary>
    [Fact]
    public async Task Filters_that_could_not_be_read_are_named()
    {
        Dictionary<string, string> read = await ReadAsync("lambda", operation => operation switch
        {
            "ListEventSourceMappings" => """
                {"EventSourceMappings": [{"UUID": "u", "FunctionArn": "arn:aws:lambda:us-east-1:1:function:f",
                "FilterCriteriaError": {"ErrorCode": "KMSAccessDeniedException", "Message": "no key"}}]}
                """,
            _ => null,
        });

        Assert.Contains(
            "no key", read["us-east-1/f/event-source-mappings/u.json.missing"], StringComparison.Ordinal);
    }

    /// <summary>Lists that leave something out unless they are told not to.</summary>
    [Theory]
    [InlineData("s3control", "ListAccessPoints", "dataSourceType=ALL")]
    [InlineData("ec2", "DescribeImages", "IncludeDisabled=true")]
    [InlineData("secretsmanager", "ListSecrets", "\"IncludePlannedDeletion\":true")]
    [InlineData("acm", "ListCertificates", "EC_secp521r1")]
    public async Task Lists_are_asked_for_whole(string service, string operation, string said)
    {
        var asked = new List<string>();

        await ReadAsync(service, _ => null, request =>
        {
            if (request.Operation == operation)
            {
                string query = string.Join('&', request.Query.Select(one => $"{one.Key}={one.Value}"));
                asked.Add($"{query} {Encoding.UTF8.GetString(request.Body.Span)}");
            }
        });

        Assert.Contains(said, Assert.Single(asked), StringComparison.Ordinal);
    }

    private static async Task<string> TopicAsync(string beginning) =>
        (await ReadAsync("sns", operation => operation switch
        {
            "ListTopics" => """
                <R><ListTopicsResult><Topics><member><TopicArn>arn:aws:sns:us-east-1:1:a.fifo</TopicArn></member></Topics>
                </ListTopicsResult></R>
                """,
            "GetTopicAttributes" => $"""
                <R><GetTopicAttributesResult><Attributes>
                <entry><key>FifoTopic</key><value>true</value></entry>
                <entry><key>BeginningArchiveTime</key><value>{beginning}</value></entry>
                </Attributes></GetTopicAttributesResult></R>
                """,
            _ => null,
        }))["us-east-1/topics/a.fifo/attributes.json"];

    /// <summary>All that a source gives of answers by operation; what has none, the service does not know.</summary>
    private static async Task<Dictionary<string, string>> ReadAsync(
        string service, Func<string, string?> answer, Action<AwsRequest>? see = null)
    {
        AwsModel model = AwsModel.Of(service);
        var calls = new AwsCalls(model, new FakeTransport(request =>
        {
            lock (model)
            {
                see?.Invoke(request);
            }

            return answer(request.Operation)
                ?? throw new AwsException(request.Operation, 501, "NotImplemented", "not here");
        }));
        var caller = new AwsCaller(new AwsCalls(AwsModel.Of("sts"), new FakeTransport(_ => """
            <R><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></R>
            """)));
        return await Toys.ReadAsync(new AwsServiceSource(
            AwsServices.Of(service), new AwsServiceOptions { Regions = ["us-east-1"] }, _ => calls, caller));
    }
}
