using System.Text.Json;

namespace JadaStore.Collectors.Aws.Models;

/// <summary>Reads a model file; it is part of the program, so it is trusted.</summary>
/// <param name="root">The file.</param>
internal sealed class ModelReader(JsonElement root)
{
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal)
    {
        ["string"] = new ScalarShape(ScalarType.Text),
        ["integer"] = new ScalarShape(ScalarType.Integer),
        ["long"] = new ScalarShape(ScalarType.Integer),
        ["float"] = new ScalarShape(ScalarType.Float),
        ["double"] = new ScalarShape(ScalarType.Float),
        ["boolean"] = new ScalarShape(ScalarType.Boolean),
        ["timestamp"] = new ScalarShape(ScalarType.Timestamp),
        ["blob"] = new ScalarShape(ScalarType.Blob),
    };

    /// <summary>The model.</summary>
    public AwsModel Read()
    {
        var head = root.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal);
        var operations = root.GetProperty("operations").EnumerateObject()
            .ToDictionary(
                member => member.Name, member => Operation(member.Name, member.Value), StringComparer.Ordinal);
        return new AwsModel(head, operations);
    }

    private AwsOperation Operation(string name, JsonElement of)
    {
        string[] http = of.GetProperty("http").GetString()!.Split(' ', 2);
        return new AwsOperation
        {
            Name = name,
            Method = http[0],
            UriTemplate = http[1],
            HostPrefix = Text(of, "host_prefix"),
            Input = of.TryGetProperty("input", out JsonElement input) ? Use(input) : null,
            Output = of.TryGetProperty("output", out JsonElement output) ? Use(output) : null,
            NeedsChecksum = of.TryGetProperty("checksum", out _),
            Unwrapped = Text(of, "unwrapped"),
            Paging = of.TryGetProperty("page", out JsonElement page)
                ? new AwsPaging(
                    Texts(page, "input"), Texts(page, "output"), Texts(page, "result"),
                    page.TryGetProperty("keep", out _) ? Texts(page, "keep") : null,
                    Text(page, "limit"), Text(page, "more"))
                : null,
        };
    }

    private ShapeUse Use(JsonElement of)
    {
        if (of.ValueKind == JsonValueKind.String)
        {
            Shape bare = ShapeOf(of.GetString()!);
            return new ShapeUse(bare, bare.Traits);
        }

        Shape shape = ShapeOf(of.GetProperty("shape").GetString()!);
        return new ShapeUse(shape, TraitsOf(of, shape.Traits));
    }

    private Shape ShapeOf(string name)
    {
        if (_shapes.TryGetValue(name, out Shape? known))
        {
            return known;
        }

        JsonElement of = root.GetProperty("shapes").GetProperty(name);
        Traits traits = TraitsOf(of, Traits.None);
        if (of.TryGetProperty("structure", out JsonElement members))
        {
            var structure = new StructureShape { Traits = traits, Payload = Text(of, "payload") };
            _shapes.Add(name, structure);
            foreach (JsonProperty member in members.EnumerateObject())
            {
                structure.Add(member.Name, Use(member.Value));
            }

            return structure;
        }

        if (of.TryGetProperty("list", out JsonElement item))
        {
            var list = new ListShape { Traits = traits };
            _shapes.Add(name, list);
            list.Item = Use(item);
            return list;
        }

        var map = new MapShape { Traits = traits };
        _shapes.Add(name, map);
        map.Key = Use(of.GetProperty("map").GetProperty("key"));
        map.Value = Use(of.GetProperty("map").GetProperty("value"));
        return map;
    }

    private static Traits TraitsOf(JsonElement of, Traits under) => new()
    {
        Location = Text(of, "location") is { } location ? LocationOf(location) : under.Location,
        LocationName = Text(of, "locationName") ?? under.LocationName,
        QueryName = Text(of, "queryName") ?? under.QueryName,
        Flattened = Flag(of, "flattened") ?? under.Flattened,
        XmlAttribute = Flag(of, "xmlAttribute") ?? under.XmlAttribute,
        XmlNamespace = NamespaceOf(of) ?? under.XmlNamespace,
        TimestampFormat = Text(of, "timestampFormat") ?? under.TimestampFormat,
        JsonValue = Flag(of, "jsonvalue") ?? under.JsonValue,
        ResultWrapper = Text(of, "resultWrapper") ?? under.ResultWrapper,
    };

    private static MemberLocation LocationOf(string name) => name switch
    {
        "uri" => MemberLocation.Path,
        "querystring" => MemberLocation.Query,
        "header" => MemberLocation.Header,
        "headers" => MemberLocation.HeaderPrefix,
        "statusCode" => MemberLocation.Status,
        _ => throw new InvalidDataException($"A model has the location {name}."),
    };

    private static XmlNamespace? NamespaceOf(JsonElement of) =>
        !of.TryGetProperty("xmlNamespace", out JsonElement found)
        ? null
        : found.ValueKind == JsonValueKind.String
            ? new XmlNamespace(null, found.GetString()!)
            : new XmlNamespace(Text(found, "prefix"), found.GetProperty("uri").GetString()!);

    private static bool? Flag(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement found) ? found.GetBoolean() : null;

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement found) ? found.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
