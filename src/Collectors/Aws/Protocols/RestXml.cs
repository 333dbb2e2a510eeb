using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>The protocol <c>rest-xml</c>: S3, Route 53, CloudFront.</summary>
internal sealed class RestXml : IAwsProtocol
{
    // By its model S3 Control wants one with two of its reads. They have no body, and so can have no header of HTTP's
    // about a body; the AWS CLI sends the CRC-32 of nothing.
    private static readonly KeyValuePair<string, string> ChecksumOfNothing = new("x-amz-checksum-crc32", "AAAAAA==");

    /// <inheritdoc/>
    public AwsRequest Write(AwsOperation operation, JsonObject input)
    {
        RestRequest rest = RestRequest.Of(operation, input);
        byte[] body = Body(operation, input);

        if (operation.NeedsChecksum)
        {
            rest.Headers.Add(operation.Method == "GET" ? ChecksumOfNothing : ChecksumOf(body));
        }

        return new AwsRequest
        {
            Operation = operation.Name,
            Method = operation.Method,
            Bucket = rest.Bucket,
            Path = rest.Path,
            Query = rest.Query,
            Headers = rest.Headers,
            Body = body,
        };
    }

    /// <inheritdoc/>
    public JsonObject Read(AwsOperation operation, WholeAnswer answer)
    {
        if (operation.Output?.Shape is not StructureShape shape)
        {
            return [];
        }

        JsonObject members = RestAnswer.Head(shape, answer);
        if (shape.Payload is { } payload && shape.Members[payload] is { Shape: ScalarShape scalar })
        {
            members[payload] = scalar.Type == ScalarType.Blob
                ? JsonValue.Create(Convert.ToBase64String(answer.Body.Span))
                : JsonValue.Create(Encoding.UTF8.GetString(answer.Body.Span));
            return members;
        }

        XmlItem root = Root(operation, answer);
        if (operation.Unwrapped is { } unwrapped)
        {
            members[unwrapped] = root.Children.Count == 0 && root.Text.Length == 0
                ? null
                : XmlToJson.Value(shape.Members[unwrapped], root);
        }
        else if (shape.Payload is { } only)
        {
            members[only] = XmlToJson.Value(shape.Members[only], root);
        }
        else
        {
            foreach ((string name, JsonNode? value) in XmlToJson.Structure(shape, root))
            {
                members[name] = value?.DeepClone();
            }
        }

        return members;
    }

    private static XmlItem Root(AwsOperation operation, WholeAnswer answer)
    {
        try
        {
            return XmlItemReader.Read(answer.Body);
        }
        catch (XmlException e)
        {
            throw new AwsException(
                operation.Name, answer.Status, "MalformedAnswer",
                $"{operation.Name}: the answer is not the XML that was expected: {e.Message}", e);
        }
    }

    private static bool IsInBody(StructureShape shape, string member) =>
        !shape.Members.TryGetValue(member, out ShapeUse? use) || use.Traits.Location == MemberLocation.Body;

    // Not for secrecy: it is the one checksum that every server of this protocol takes.
#pragma warning disable CA5351 // The header is defined as MD5.
    private static KeyValuePair<string, string> ChecksumOf(byte[] body) =>
        new("Content-MD5", Convert.ToBase64String(MD5.HashData(body)));
#pragma warning restore CA5351

    private static byte[] Body(AwsOperation operation, JsonObject input)
    {
        if (operation.Input is not { Shape: StructureShape shape } use)
        {
            return [];
        }

        if (shape.Payload is not { } payload)
        {
            KeyValuePair<string, JsonNode?>[] members =
                [.. input.Where(member => IsInBody(shape, member.Key))];
            return members.Length == 0
                ? []
                : JsonToXml.Write(
                    use.Traits.LocationName ?? operation.Name, use,
                    new JsonObject(
                        members.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));
        }

        ShapeUse part = shape.Members[payload];
        JsonNode? value = input[payload];
        return (part.Shape, value) switch
        {
            (_, null) => [],
            (ScalarShape { Type: ScalarType.Blob }, _) =>
                Convert.FromBase64String(ScalarText.Write(ScalarType.Blob, value, "")),
            (ScalarShape scalar, _) => Encoding.UTF8.GetBytes(ScalarText.Write(scalar.Type, value, "")),
            _ => JsonToXml.Write(part.Traits.LocationName ?? payload, part, value),
        };
    }
}
