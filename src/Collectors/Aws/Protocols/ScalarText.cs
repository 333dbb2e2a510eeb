using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Collectors.Aws.Models;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>Single values: between text on the wire and JSON.</summary>
internal static class ScalarText
{
    /// <summary>Text as JSON of the type; text that is none of it stays text, so that nothing is lost.</summary>
    public static JsonNode Read(ScalarType type, string text) => type switch
    {
        ScalarType.Integer => JsonNumber.Whole(text) ?? JsonValue.Create(text),
        ScalarType.Float => JsonNumber.Fraction(text) ?? JsonValue.Create(text),
        ScalarType.Boolean => text switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ => JsonValue.Create(text),
        },
        ScalarType.Timestamp => JsonValue.Create(AwsTime.ToCli(text)),
        ScalarType.Text or ScalarType.Blob => JsonValue.Create(text),
    };

    /// <summary>JSON as text for the wire; a timestamp in the format given.</summary>
    public static string Write(ScalarType type, JsonNode? value, string timestampFormat)
    {
        string text = value is null ? ""
            : value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>()
            : value.ToJsonString();
        return type == ScalarType.Timestamp ? AwsTime.ToWire(text, timestampFormat) : text;
    }
}
