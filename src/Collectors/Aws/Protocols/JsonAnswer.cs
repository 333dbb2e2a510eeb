using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Calls;
using JadaStore.Collectors.Aws.Models;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>A service's JSON as the AWS CLI prints it, by the model.</summary>
/// <remarks>
/// What the model does not know is kept under its own name, or as <c>json:name</c> where another member has that name;
/// only <c>__type</c>, which says what the model says too, and members that are null are left out. Numbers keep their
/// digits.
/// </remarks>
/// <param name="rest">Whether numbers and truth values may also stand in strings, as in <c>rest-json</c>.</param>
internal sealed class JsonAnswer(bool rest)
{
    /// <summary>For a member that has another one's name.</summary>
    public const string Unknown = "json:";

    /// <summary>Deepest nesting that is read; services stay below 30.</summary>
    public const int MaxDepth = 128;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    /// <summary>The body as a value of a shape; an empty body is an empty structure.</summary>
    /// <exception cref="AwsException">It is no JSON, too deep, or has a member twice.</exception>
    public JsonNode? Read(AwsOperation operation, WholeAnswer answer, ShapeUse use)
    {
        if (answer.Body.IsEmpty)
        {
            return new JsonObject();
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body, Options);
            return Value(use, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a text that is not Unicode.
            throw Malformed(operation, answer, AwsWire.OneLine(e.Message), e);
        }
    }

    /// <summary>The body as the members of an answer.</summary>
    /// <exception cref="AwsException">As <see cref="Read"/>, or it is no structure.</exception>
    public JsonObject ReadMembers(AwsOperation operation, WholeAnswer answer, ShapeUse use) =>
        Read(operation, answer, use) switch
        {
            JsonObject members => members,
            null => [],
            _ => throw Malformed(operation, answer, "it is a single value or a list", null),
        };

    private static AwsException Malformed(AwsOperation operation, WholeAnswer answer, string why, Exception? inner) =>
        new(operation.Name, answer.Status, AwsCalls.Malformed,
            $"{operation.Name}: the answer is not the JSON that was expected: {why}", inner);

    private JsonNode? Value(ShapeUse use, JsonElement value) => (use.Shape, value.ValueKind) switch
    {
        (StructureShape { Members.Count: > 0 } shape, JsonValueKind.Object) => Structure(shape, value),
        (ListShape list, JsonValueKind.Array) =>
            new JsonArray([.. value.EnumerateArray().Select(item => Value(list.Item, item))]),
        (MapShape map, JsonValueKind.Object) => Map(map, value),
        (ScalarShape scalar, JsonValueKind.Number) => Number(scalar.Type, value.GetRawText()),
        (ScalarShape { Type: ScalarType.Timestamp }, JsonValueKind.String) =>
            JsonValue.Create(AwsTime.ToCli(value.GetString()!)),
        (ScalarShape scalar, JsonValueKind.String) when rest => ScalarText.Read(scalar.Type, value.GetString()!),
        _ => Anything(value),
    };

    private JsonObject Structure(StructureShape shape, JsonElement value)
    {
        var members = new JsonObject();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (shape.ByWireName.TryGetValue(member.Name, out string? known))
            {
                members[known] = Value(shape.Members[known], member.Value);
            }
            else if (member.Name != "__type")
            {
                string name = shape.Members.ContainsKey(member.Name) ? Unknown + member.Name : member.Name;
                members[name] = Anything(member.Value);
            }
        }

        return members;
    }

    private JsonObject Map(MapShape map, JsonElement value)
    {
        var members = new JsonObject();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            members[member.Name] = Value(map.Value, member.Value);
        }

        return members;
    }

    private JsonNode? Number(ScalarType type, string text) => type switch
    {
        ScalarType.Timestamp => JsonValue.Create(AwsTime.ToCli(text)),
        ScalarType.Float when rest => JsonNumber.Fraction(text) ?? JsonNode.Parse(text),
        ScalarType.Integer when rest && text.EndsWith(".0", StringComparison.Ordinal) => JsonNode.Parse(text[..^2]),
        _ => Number(text),
    };

    private static JsonNode? Number(string text) =>
        text.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? JsonNode.Parse(text)
            : JsonNumber.Fraction(text) ?? JsonNode.Parse(text);

    private static JsonNode? Anything(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(
            member => KeyValuePair.Create(member.Name, Anything(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Anything)]),
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        JsonValueKind.Number => Number(value.GetRawText()),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => null,
    };
}
