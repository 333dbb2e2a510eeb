using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>The protocol <c>json</c>: DynamoDB, ACM, EventBridge; the operation stands in a header.</summary>
/// <param name="model">Its target prefix and version of JSON.</param>
internal sealed class AwsJson(AwsModel model) : IAwsProtocol
{
    private static readonly JsonAnswer Answers = new(rest: false);

    private readonly string _contentType = $"application/x-amz-json-{model.JsonVersion ?? "1.1"}";

    /// <inheritdoc/>
    public AwsRequest Write(AwsOperation operation, JsonObject input)
    {
        var headers = new List<KeyValuePair<string, string>>
        {
            new("X-Amz-Target", $"{model.TargetPrefix}.{operation.Name}"),
            new("Content-Type", _contentType),
        };
        if (model.QueryCompatible)
        {
            // Errors then have the codes that they had in the protocol before this one.
            headers.Add(new("x-amzn-query-mode", "true"));
        }

        return new AwsRequest
        {
            Operation = operation.Name,
            Method = operation.Method,
            Path = "/",
            Headers = headers,
            Body = operation.Input?.Shape is StructureShape shape ? JsonRequest.Write(shape, input) : "{}"u8.ToArray(),
        };
    }

    /// <inheritdoc/>
    public JsonObject Read(AwsOperation operation, WholeAnswer answer) =>
        operation.Output is { } output ? Answers.ReadMembers(operation, answer, output) : [];
}
