using System.Text.Json.Nodes;
using Amazon.Runtime;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Tests.Aws.Judge;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.Aws.Services;

/// <summary>Services against moto, filled by <c>aws</c>; over the real transport, with real signatures.</summary>
[Collection(SharedJudge.Name)]
public sealed class MotoServicesTests(AwsJudge judge) : IDisposable
{
    private readonly Lazy<AwsAccess> _access = new(() => new AwsAccess(
        new AwsOptions { EndpointUrl = judge.Endpoint, Region = "us-east-1" }, TimeProvider.System,
        new ImmutableCredentials("AKIAIOSFODNN7EXAMPLE", "not-a-secret", null)));

    public void Dispose()
    {
        if (_access.IsValueCreated)
        {
            _access.Value.Dispose();
        }
    }

    [JudgeFact]
    public async Task A_zone_and_its_records_are_what_aws_prints()
    {
        JsonNode zone = JsonNode.Parse(judge.Aws(
            "route53", "create-hosted-zone", "--name", "moto-rows.example", "--caller-reference", "1"))!;
        string id = zone["HostedZone"]!["Id"]!.ToString().Split('/')[^1];
        judge.Aws("route53", "change-resource-record-sets", "--hosted-zone-id", id, "--change-batch", """
            {"Changes": [
              {"Action": "CREATE", "ResourceRecordSet": {"Name": "*.moto-rows.example", "Type": "A", "TTL": 60,
                "ResourceRecords": [{"Value": "192.0.2.1"}]}},
              {"Action": "CREATE", "ResourceRecordSet": {"Name": "www.moto-rows.example", "Type": "A", "TTL": 60, "SetIdentifier": "blue/1", "Weight": 1,
                "ResourceRecords": [{"Value": "192.0.2.2"}]}},
              {"Action": "CREATE", "ResourceRecordSet": {"Name": "www.moto-rows.example", "Type": "A", "TTL": 60, "SetIdentifier": "green", "Weight": 2,
                "ResourceRecords": [{"Value": "192.0.2.3"}]}}]}
            """);
        judge.Aws(
            "route53", "change-tags-for-resource", "--resource-type", "hostedzone", "--resource-id", id, "--add-tags",
            "Key=team,Value=web");

        Dictionary<string, string> read = await Toys.ReadAsync(Source("route53"));

        string[] ours = [.. read.Keys.Where(path => path.StartsWith("moto-rows.example/", StringComparison.Ordinal))];
        Assert.Equal(
            ["dnssec.json", "records/*.moto-rows.example/A.json", "records/moto-rows.example/NS.json",
             "records/moto-rows.example/SOA.json", "records/www.moto-rows.example/A.blue%2F1.json",
             "records/www.moto-rows.example/A.green.json", "tags.json", "zone.json"],
            ours.Select(path => path["moto-rows.example/".Length..]).Append("dnssec.json").Distinct()
                .Order(StringComparer.Ordinal));
        JsonNode printed = JsonNode.Parse(judge.Aws("route53", "list-resource-record-sets", "--hosted-zone-id", id))!;
        JsonNode green = printed["ResourceRecordSets"]!.AsArray()
            .Single(one => one!["SetIdentifier"]?.ToString() == "green")!;
        Assert.True(JsonNode.DeepEquals(
            green, JsonNode.Parse(read["moto-rows.example/records/www.moto-rows.example/A.green.json"])));
        JsonNode got = JsonNode.Parse(judge.Aws("route53", "get-hosted-zone", "--id", id))!;
        got["HostedZone"]!.AsObject().Remove("ResourceRecordSetCount");
        Assert.True(JsonNode.DeepEquals(got, JsonNode.Parse(read["moto-rows.example/zone.json"])));
    }

    [JudgeFact]
    public async Task A_distribution_is_what_aws_prints_but_for_what_passes()
    {
        JsonNode made = JsonNode.Parse(judge.Aws(
            "cloudfront", "create-distribution", "--origin-domain-name", "site.s3.amazonaws.com"))!;
        string id = made["Distribution"]!["Id"]!.ToString();

        Dictionary<string, string> read = await Toys.ReadAsync(Source("cloudfront"));

        JsonNode got = JsonNode.Parse(judge.Aws("cloudfront", "get-distribution", "--id", id))!;
        got.AsObject().Remove("ETag");
        got["Distribution"]!.AsObject().Remove("Status");
        got["Distribution"]!.AsObject().Remove("InProgressInvalidationBatches");
        JsonNode ours = JsonNode.Parse(read[$"distributions/{id}.json"])!;
        Assert.True(JsonNode.DeepEquals(Unordered(got), Unordered(ours)));
    }

    [JudgeTheory]
    [InlineData("route53", "create-hosted-zone", "--name", "again.example", "--caller-reference", "2")]
    [InlineData("cloudfront", "create-distribution", "--origin-domain-name", "again.s3.amazonaws.com")]
    [InlineData("dynamodb", "create-table", "--table-name", "again", "--key-schema", "AttributeName=k,KeyType=HASH",
        "--attribute-definitions", "AttributeName=k,AttributeType=S", "--billing-mode", "PAY_PER_REQUEST")]
    [InlineData("iam", "create-role", "--role-name", "again", "--assume-role-policy-document",
        """{"Version":"2012-10-17"}""")]
    public async Task An_unchanged_account_gives_the_same_tree_again(string service, params string[] command)
    {
        judge.Aws([service, .. command]);
        Dictionary<string, string> first = await Toys.ReadAsync(Source(service));
        AwsServiceSource source = Source(service);
        Dictionary<string, string> second = await Toys.ReadAsync(source);

        Assert.Contains(first, one => (one.Key + one.Value).Contains("again", StringComparison.Ordinal));
        Assert.Equal(first, second);
        Assert.All(
            source.Coverage, line => Assert.Equal(line.State is CoverageState.Captured, line.Reason.Length == 0));
    }

    // AWS gives methods, names and the like in any order; a document has them sorted.
    private static JsonNode? Unordered(JsonNode? of) => of switch
    {
        JsonObject members => new JsonObject(members.Select(one => KeyValuePair.Create(one.Key, Unordered(one.Value)))),
        JsonArray items => new JsonArray(
            [.. items.Select(Unordered).OrderBy(one => one?.ToJsonString(), StringComparer.Ordinal)]),
        _ => of?.DeepClone(),
    };

    private AwsServiceSource Source(string service) =>
        new(_access.Value, service, new AwsServiceOptions { Regions = ["us-east-1"] });
}
