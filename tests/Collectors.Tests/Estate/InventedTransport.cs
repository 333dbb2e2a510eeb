using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Estate;

/// <summary>Answers every operation of a service as the judge made it up from the service's model.</summary>
internal sealed class InventedTransport(JsonObject answers) : IAwsTransport
{
    public Task<AwsResponse> SendAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        JsonObject answer = answers[request.Operation]!.AsObject();
        return Task.FromResult(new AwsResponse(
            200,
            [.. answer["headers"]!.AsObject().Select(
                header => KeyValuePair.Create(header.Key, header.Value!.GetValue<string>()))],
            new MemoryStream(Convert.FromBase64String(answer["body"]!.GetValue<string>()))));
    }
}
