using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>Between JSON and the texts that hold or name it.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions NoDoubles = new() { AllowDuplicateProperties = false };

    /// <summary>The text of a text, number or boolean; null for what is none.</summary>
    public static string? Of(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };

    /// <summary>Whether there is something: no null, no empty text, list or object.</summary>
    public static bool IsThere(JsonNode? value) => value switch
    {
        null => false,
        JsonArray items => items.Count > 0,
        JsonObject members => members.Count > 0,
        _ => value.GetValueKind() != JsonValueKind.String || value.GetValue<string>().Length > 0,
    };

    /// <summary>
    /// The object or list that a text is, percent-encoded or not; null where it is none, or would not come back the
    /// same.
    /// </summary>
    public static JsonNode? Parse(string text)
    {
        string json = text.TrimStart() is ['%', ..] ? Uri.UnescapeDataString(text) : text;
        try
        {
            return WholeJson.Parse(json, NoDoubles) is (JsonObject or JsonArray) and { } parsed ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same, with nothing left to be parsed when it is asked for, so that many threads may read
    /// it.</summary>
    public static JsonObject Whole(JsonObject value)
    {
        Touch(value);
        return value;
    }

    private static void Touch(JsonNode? value)
    {
        if (value is JsonObject members)
        {
            foreach ((_, JsonNode? member) in members)
            {
                Touch(member);
            }
        }
        else if (value is JsonArray items)
        {
            foreach (JsonNode? item in items)
            {
                Touch(item);
            }
        }
    }
}
