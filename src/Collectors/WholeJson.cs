using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors;

/// <summary>
/// JSON that came from elsewhere, read whole: nothing in it is left to be found wrong when it is used.
/// </summary>
/// <remarks>The framework looks at names and texts only when they are asked for, and throws then what no reader of JSON
/// expects.</remarks>
internal static class WholeJson
{
    /// <summary>Reads one value.</summary>
    /// <exception cref="JsonException">It is no JSON, or has a text or a name that is no Unicode: bytes that are no
    /// UTF-8, half of a surrogate pair.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        try
        {
            return Visited(JsonNode.Parse(json, null, options));
        }
        catch (InvalidOperationException e)
        {
            throw NoText(e);
        }
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, JsonDocumentOptions)"/>
    public static JsonNode? Parse(string json, JsonDocumentOptions options)
    {
        try
        {
            return Visited(JsonNode.Parse(json, null, options));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw NoText(e);
        }
    }

    private static JsonException NoText(Exception inner) => new("it holds what is no text", inner);

    private static JsonNode? Visited(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((_, JsonNode? value) in members)
                {
                    Visited(value);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Visited(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }

        return node;
    }
}
