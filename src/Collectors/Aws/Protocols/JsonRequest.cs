using System.Text;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>JSON as the AWS CLI takes it, as a service takes it, by the model.</summary>
internal static class JsonRequest
{
    /// <summary>A value, as UTF-8.</summary>
    public static byte[] Write(ShapeUse use, JsonNode? value) =>
        Encoding.UTF8.GetBytes(Value(use, value)?.ToJsonString() ?? "null");

    /// <summary>Some members of a structure, as UTF-8; those that are null are left out.</summary>
    public static byte[] Write(StructureShape shape, IEnumerable<KeyValuePair<string, JsonNode?>> members) =>
        Encoding.UTF8.GetBytes(Structure(shape, members).ToJsonString());

    private static JsonNode? Value(ShapeUse use, JsonNode? value) => (use.Shape, value) switch
    {
        (StructureShape { Members.Count: > 0 } shape, JsonObject members) => Structure(shape, members),
        (ListShape list, JsonArray items) => new JsonArray([.. items.Select(item => Value(list.Item, item))]),
        (MapShape map, JsonObject members) => new JsonObject(members.Select(
            member => KeyValuePair.Create(member.Key, Value(map.Value, member.Value)))),
        (ScalarShape { Type: ScalarType.Timestamp }, JsonValue) => Time(use.Traits.TimestampFormat, value),
        _ => value?.DeepClone(),
    };

    private static JsonObject Structure(StructureShape shape, IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        var written = new JsonObject();
        foreach ((string name, JsonNode? value) in members)
        {
            if (value is null)
            {
                continue;
            }

            if (shape.Members.TryGetValue(name, out ShapeUse? use))
            {
                written[use.Traits.LocationName ?? name] = Value(use, value);
            }
            else
            {
                bool marked = name.StartsWith(JsonAnswer.Unknown, StringComparison.Ordinal);
                written[marked ? name[JsonAnswer.Unknown.Length..] : name] = value.DeepClone();
            }
        }

        return written;
    }

    private static JsonNode? Time(string? format, JsonNode value)
    {
        string text = ScalarText.Write(ScalarType.Timestamp, value, format ?? "unixTimestamp");

        // As it is where it is no time: the service says so better.
        bool number = format is null or "unixTimestamp" && AwsTime.IsSeconds(text);
        return number ? JsonNode.Parse(text) : JsonValue.Create(text);
    }
}
