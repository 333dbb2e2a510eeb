using System.Text.Json.Nodes;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Tests.Aws.Judge;

namespace JadaStore.Collectors.Tests.Aws.Calls;

/// <summary>One service of each protocol, over the real wire: moto answers, and the AWS CLI is the judge.</summary>
[Collection(SharedJudge.Name)]
public sealed class MotoCallsTests(AwsJudge judge)
{
    private static readonly Lock Gate = new();
    private static bool _filled;

    [JudgeTheory]
    [InlineData("route53", "ListHostedZones", "route53 list-hosted-zones")]
    [InlineData("lambda", "ListLayers", "lambda list-layers")]
    [InlineData("dynamodb", "ListTables", "dynamodb list-tables")]
    [InlineData("acm", "ListCertificates", "acm list-certificates")]
    [InlineData("iam", "GetAccountAuthorizationDetails", "iam get-account-authorization-details")]
    [InlineData("ec2", "DescribeRegions", "ec2 describe-regions")]
    public async Task Answers_are_what_the_AWS_CLI_prints(string service, string operation, string words)
    {
        Fill();
        using var access = Access();
        AwsModel model = AwsModel.Of(service);

        JsonObject read = await new AwsCalls(model, access.Transport(model, "us-east-1"))
            .CallAllAsync(operation, [], default);

        string expected = judge.Aws(words.Split(' '));
        Assert.InRange(expected.Length, 30, int.MaxValue);
        Assert.True(Holds(read, JsonNode.Parse(expected)), $"{expected}\n{read}");
    }

    [JudgeFact]
    public async Task The_regions_of_an_account_are_those_that_are_switched_on()
    {
        using var access = Access();

        IReadOnlyList<string> regions = await AwsRegions.EnabledAsync(access, default);

        Assert.Contains("us-east-1", regions);
        Assert.DoesNotContain("ap-east-1", regions);
        Assert.Equal(regions.Order(StringComparer.Ordinal), regions);
    }

    // moto says more than the services' models know, which is kept here; and the CLI decodes IAM's policies, which the
    // rows do here.
    private static bool Holds(JsonNode? read, JsonNode? expected) => (read, expected) switch
    {
        (JsonObject members, JsonObject others) =>
            others.All(other => members.ContainsKey(other.Key) && Holds(members[other.Key], other.Value)),
        (JsonArray items, JsonArray others) =>
            items.Count == others.Count && items.Zip(others).All(pair => Holds(pair.First, pair.Second)),
        (JsonValue text, JsonObject policy) =>
            JsonNode.DeepEquals(JsonNode.Parse(Uri.UnescapeDataString(text.ToString())), policy),
        _ => JsonNode.DeepEquals(read, expected),
    };

    private AwsAccess Access() => new(
        new AwsOptions { EndpointUrl = judge.Endpoint, Region = "us-east-1" }, TimeProvider.System,
        new ImmutableCredentials("test", "test", null));

    private void Fill()
    {
        lock (Gate)
        {
            if (_filled)
            {
                return;
            }

            _filled = true;
            judge.Aws("route53", "create-hosted-zone", "--name", "calls.example", "--caller-reference", "c");
            judge.Aws("dynamodb", "create-table", "--table-name", "calls", "--billing-mode", "PAY_PER_REQUEST",
                "--attribute-definitions", "AttributeName=a,AttributeType=S",
                "--key-schema", "AttributeName=a,KeyType=HASH");
            judge.Aws("acm", "request-certificate", "--domain-name", "calls.example");
            judge.Aws("iam", "create-user", "--user-name", "calls");
            judge.Aws("iam", "create-role", "--role-name", "calls",
                "--assume-role-policy-document", """{"Version":"2012-10-17","Statement":[]}""");
            string zip = Path.GetTempFileName();
            File.WriteAllBytes(zip, [0x50, 0x4B, 5, 6, .. new byte[18]]);
            judge.Aws("lambda", "publish-layer-version", "--layer-name", "calls", "--zip-file", $"fileb://{zip}");
            File.Delete(zip);
        }
    }
}
