using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.AppsScript;

/// <summary>Reads JSON that came from elsewhere.</summary>
internal static class GoogleJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly JsonDocumentOptions Relaxed = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>An object; null where it is something else.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonObject? Parse(ReadOnlySpan<byte> bytes) => Checked(JsonNode.Parse(bytes, null, Strict));

    /// <summary>An object that a person may have written, with comments.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonObject? ParseByHand(ReadOnlySpan<byte> bytes) => Checked(JsonNode.Parse(bytes, null, Relaxed));

    /// <summary>A member that is text; null where there is none.</summary>
    public static string? Text(JsonObject of, string member) =>
        of[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A member that is a whole number; null where there is none.</summary>
    public static long? Number(JsonObject of, string member) =>
        of[member] is JsonValue value && value.TryGetValue(out long number) ? number : null;

    /// <summary>The objects of a member that is a list; none where there is no list.</summary>
    public static IEnumerable<JsonObject> Objects(JsonObject of, string member) =>
        (of[member] as JsonArray ?? []).OfType<JsonObject>();

    // Bytes that are no UTF-8 and halves of surrogate pairs are noticed only when a text is asked for.
    private static JsonObject? Checked(JsonNode? node)
    {
        try
        {
            Visit(node);
            return node as JsonObject;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("it holds what is no text", e);
        }
    }

    private static void Visit(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((_, JsonNode? value) in members)
                {
                    Visit(value);
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Visit(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
