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
    public static JsonObject? Parse(ReadOnlySpan<byte> bytes) => WholeJson.Parse(bytes, Strict) as JsonObject;

    /// <summary>An object that a person may have written, with comments.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonObject? ParseByHand(ReadOnlySpan<byte> bytes) => WholeJson.Parse(bytes, Relaxed) as JsonObject;

    /// <summary>A member that is text; null where there is none.</summary>
    public static string? Text(JsonObject of, string member) =>
        of[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A member that is a whole number; null where there is none.</summary>
    public static long? Number(JsonObject of, string member) =>
        of[member] is JsonValue value && value.TryGetValue(out long number) ? number : null;

    /// <summary>The objects of a member that is a list; none where there is no list.</summary>
    public static IEnumerable<JsonObject> Objects(JsonObject of, string member) =>
        (of[member] as JsonArray ?? []).OfType<JsonObject>();
}
