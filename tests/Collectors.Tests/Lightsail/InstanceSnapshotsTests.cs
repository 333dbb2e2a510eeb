using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Access;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.Aws.Services;
using JadaStore.Collectors.Tests.Aws;
using JadaStore.Collectors.Tests.Aws.Services;

namespace JadaStore.Collectors.Tests.Lightsail;

/// <summary>Snapshots of instances, on request; moto has no Lightsail, so the answers are made here, in the shapes of
/// botocore's model, on which ProtocolsJudgedTests hold the request.</summary>
public sealed class InstanceSnapshotsTests
{
    private readonly List<string> _made = [];

    [Fact]
    public async Task On_request_a_snapshot_of_every_instance_is_asked_for_and_recorded_as_pending()
    {
        Dictionary<string, string> read = await Toys.ReadAsync(Source(new() { InstanceSnapshots = Time }));

        Assert.Equal(["web from web", "shop from shop"], _made.Select(one => one.Replace("jstore-", "", StringComparison.Ordinal).Replace("-20261123-153000", "", StringComparison.Ordinal)));
        Assert.Contains(
            "\"state\": \"pending\"", read["us-east-1/instance-snapshots/jstore-web-20261123-153000.json"],
            StringComparison.Ordinal);
        Assert.StartsWith(
            "FAULT no snapshot of the instance was made:", read["us-east-1/instance-snapshots/jstore-shop.json"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_being_told_nothing_is_made()
    {
        await Toys.ReadAsync(Source(new()));

        Assert.Empty(_made);
    }

    private static DateTimeOffset Time => new(2026, 11, 23, 15, 30, 0, TimeSpan.Zero);

    private AwsServiceSource Source(AwsServiceOptions options) => new(
        AwsServices.Of("lightsail"), options with { Regions = ["us-east-1"] },
        _ => new AwsCalls(AwsModel.Of("lightsail"), new FakeTransport(Answer)),
        new AwsCaller(new AwsCalls(
            AwsModel.Of("sts"),
            new FakeTransport(_ => throw new AwsException("GetCallerIdentity", 403, "AccessDenied", "no")))));

    private string Answer(AwsRequest request)
    {
        JsonObject input = JsonNode.Parse(request.Body.Span)!.AsObject();
        switch (request.Operation)
        {
            case "GetInstances":
                return """{"instances": [{"name": "web"}, {"name": "shop"}]}""";
            case "CreateInstanceSnapshot":
                _made.Add($"{input["instanceSnapshotName"]} from {input["instanceName"]}");
                return input["instanceName"]!.ToString() == "shop"
                    ? throw new AwsException("CreateInstanceSnapshot", 400, "AccessDeniedException", "not allowed")
                    : """{"operations": []}""";
            case "GetInstanceSnapshots":
                IEnumerable<string> all = _made.Where(one => !one.Contains("shop", StringComparison.Ordinal)).Select(one => $$"""{"name": "{{one.Split(' ')[0]}}", "state": "pending"}""");
                return $$"""{"instanceSnapshots": [{{string.Join(", ", all)}}]}""";
            default:
                return "{}";
        }
    }
}
