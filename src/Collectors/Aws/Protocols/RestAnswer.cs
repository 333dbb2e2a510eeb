using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>What the REST protocols share: the members of an output that stand in status and headers.</summary>
internal static class RestAnswer
{
    /// <summary>Those members.</summary>
    public static JsonObject Head(StructureShape shape, WholeAnswer answer)
    {
        var members = new JsonObject();
        foreach ((string name, ShapeUse use) in shape.Members)
        {
            JsonNode? value = use.Traits.Location switch
            {
                MemberLocation.Status => JsonNode.Parse(answer.Status.ToString(CultureInfo.InvariantCulture)),
                MemberLocation.Header => Header(use, use.Traits.LocationName ?? name, answer),
                MemberLocation.HeaderPrefix => Prefixed(use.Traits.LocationName ?? "", answer),
                MemberLocation.Body or MemberLocation.Path or MemberLocation.Query => null,
            };
            if (value is not null)
            {
                members.Add(name, value);
            }
        }

        return members;
    }

    private static JsonNode? Header(ShapeUse use, string name, WholeAnswer answer)
    {
        KeyValuePair<string, string>[] found =
            [.. answer.Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 0)
        {
            return null;
        }

        string value = string.Join(", ", found.Select(header => header.Value));
        return use.Shape switch
        {
            ListShape { Item.Shape: ScalarShape item } =>
                new JsonArray([.. value.Split(',').Select(one => ScalarText.Read(item.Type, one.Trim()))]),
            ScalarShape when use.Traits.JsonValue => Json(value),
            ScalarShape scalar => ScalarText.Read(scalar.Type, value),
            _ => JsonValue.Create(value),
        };
    }

    private static JsonNode? Json(string value)
    {
        try
        {
            return WholeJson.Parse(Convert.FromBase64String(value), new JsonDocumentOptions
            {
                MaxDepth = JsonAnswer.MaxDepth,
                AllowDuplicateProperties = false,
            });
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private static JsonObject Prefixed(string prefix, WholeAnswer answer)
    {
        var members = new JsonObject();
        foreach ((string name, string value) in answer.Headers)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                members.TryAdd(name[prefix.Length..], JsonValue.Create(value));
            }
        }

        return members;
    }
}
