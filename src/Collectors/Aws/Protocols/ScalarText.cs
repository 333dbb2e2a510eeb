using System.Globalization;
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
        ScalarType.Integer => Integer(text) ?? JsonValue.Create(text),
        ScalarType.Float => Float(text) ?? JsonValue.Create(text),
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

    private static JsonNode? Integer(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        bool plain = digits.Length is > 0 and <= 40 && !digits.ContainsAnyExceptInRange('0', '9')
            && (digits.Length == 1 || digits[0] != '0');
        return plain ? JsonNode.Parse(text) : null;
    }

    // As Python prints it, which the AWS CLI is written in: 1.0, 1e+16.
    private static JsonNode? Float(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            || !double.IsFinite(number))
        {
            return null;
        }

        double size = Math.Abs(number);
        string printed = size is 0 or (>= 1e-4 and < 1e16)
            ? number.ToString("0.0################################", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        return JsonNode.Parse(printed);
    }
}
