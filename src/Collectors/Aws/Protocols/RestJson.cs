using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>The protocol <c>rest-json</c>: Lambda, API Gateway, SES v2.</summary>
internal sealed class RestJson : IAwsProtocol
{
    private static readonly JsonAnswer Answers = new(rest: true);

    /// <inheritdoc/>
    public AwsRequest Write(AwsOperation operation, JsonObject input)
    {
        RestRequest rest = RestRequest.Of(operation, input);
        byte[] body = Body(operation, input);
        bool streams = operation.Input?.Shape is StructureShape { Payload: { } payload } shape
            && shape.Members[payload].Shape is ScalarShape;
        Add(rest.Headers, "Content-Type", body.Length > 0 && !streams);

        // Without it API Gateway answers in another language, HAL.
        Add(rest.Headers, "Accept", true);
        return new AwsRequest
        {
            Operation = operation.Name,
            Method = operation.Method,
            Path = rest.Path,
            Query = rest.Query,
            Headers = rest.Headers,
            Body = body,
        };
    }

    /// <inheritdoc/>
    public JsonObject Read(AwsOperation operation, WholeAnswer answer)
    {
        if (operation.Output is not { Shape: StructureShape shape } use)
        {
            return [];
        }

        JsonObject members = RestAnswer.Head(shape, answer);
        if (shape.Payload is not { } payload)
        {
            foreach ((string name, JsonNode? value) in Answers.ReadMembers(operation, answer, use))
            {
                members[name] = value?.DeepClone();
            }
        }
        else if (shape.Members[payload] is { Shape: ScalarShape scalar })
        {
            members[payload] = scalar.Type == ScalarType.Blob
                ? JsonValue.Create(Convert.ToBase64String(answer.Body.Span))
                : JsonValue.Create(Encoding.UTF8.GetString(answer.Body.Span));
        }
        else if (Answers.Read(operation, answer, shape.Members[payload]) is { } value)
        {
            members[payload] = value;
        }

        return members;
    }

    private static void Add(List<KeyValuePair<string, string>> headers, string name, bool wanted)
    {
        if (wanted && !headers.Exists(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new(name, "application/json"));
        }
    }

    private static byte[] Body(AwsOperation operation, JsonObject input)
    {
        if (operation.Input?.Shape is not StructureShape shape)
        {
            return [];
        }

        if (shape.Payload is { } payload)
        {
            JsonNode? value = input[payload];
            return (shape.Members[payload].Shape, value) switch
            {
                (ScalarShape, null) => [],
                (ScalarShape { Type: ScalarType.Blob }, _) =>
                    Convert.FromBase64String(ScalarText.Write(ScalarType.Blob, value, "")),
                (ScalarShape scalar, _) => Encoding.UTF8.GetBytes(ScalarText.Write(scalar.Type, value, "")),
                (_, null) => "{}"u8.ToArray(),
                _ => JsonRequest.Write(shape.Members[payload], value),
            };
        }

        // Where there could be members, a body without any is still a body.
        return shape.Members.Values.Any(member => member.Traits.Location == MemberLocation.Body)
            ? JsonRequest.Write(shape, input.Where(member => IsInBody(shape, member.Key)))
            : [];
    }

    private static bool IsInBody(StructureShape shape, string member) =>
        !shape.Members.TryGetValue(member, out ShapeUse? use) || use.Traits.Location == MemberLocation.Body;
}
