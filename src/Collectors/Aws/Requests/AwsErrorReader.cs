using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Reads the bodies of errors: XML, in whatever frame, and JSON; what is neither says nothing.</summary>
internal static class AwsErrorReader
{
    /// <summary>No more of a body is looked at: 64 KiB.</summary>
    public const int MaxBody = 64 * 1024;

    private const int MaxText = 1000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxBody,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>What the answer says; whatever cannot be understood is left empty.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="header">A header by its name in lower case, or null.</param>
    /// <param name="body">Hostile; at most <see cref="MaxBody"/> bytes.</param>
    public static AwsError Read(int status, Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        string code = "", message = "";
        string? region = null;
        ReadOnlySpan<byte> trimmed = body.TrimStart(" \r\n\t\uFEFF"u8);
        if (trimmed.StartsWith("<"u8))
        {
            ReadXml(trimmed.ToArray(), ref code, ref message, ref region);
        }
        else if (trimmed.StartsWith("{"u8))
        {
            ReadJson(trimmed, ref code, ref message);
        }

        code = header("x-amzn-errortype") is { Length: > 0 } type ? type : code;
        code = code.Split(':')[0];
        code = code[(code.LastIndexOf('#') + 1)..].Trim();

        // The code that it had in the protocol that the service spoke before.
        code = header("x-amzn-query-error")?.Split(';') is [{ Length: > 0 } before, _] ? before : code;
        region = header("x-amz-bucket-region") ?? region;
        return new AwsError(
            status, code.Length > 0 ? Short(code) : NameOf(status), Short(message), IsRegion(region) ? region : null);
    }

    private static void ReadXml(byte[] body, ref string code, ref string message, ref string? region)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), Settings);
            string name = "";
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    name = reader.LocalName;
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                {
                    switch (name)
                    {
                        case "Code" when code.Length == 0:
                            code = reader.Value.Trim();
                            break;
                        case "Message" or "message" when message.Length == 0:
                            message = reader.Value.Trim();
                            break;
                        case "Region" when region is null:
                            region = reader.Value.Trim();
                            break;
                    }
                }
            }
        }
        catch (XmlException)
        {
            // A page of some gateway, or cut off: what was read so far is as good as it gets.
        }
    }

    private static void ReadJson(ReadOnlySpan<byte> body, ref string code, ref string message)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.String)
                {
                    continue;
                }

                switch (member.Name)
                {
                    case "__type":
                        code = member.Value.GetString()!;
                        break;
                    case "code" or "Code" when code.Length == 0:
                        code = member.Value.GetString()!;
                        break;
                    case "message" or "Message" or "errorMessage":
                        message = member.Value.GetString()!;
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Cut off, or not Unicode.
        }
    }

    private static string Short(string text) => text.Length <= MaxText ? text : text[..MaxText];

    private static string NameOf(int status) =>
        Enum.IsDefined((HttpStatusCode)status)
            ? ((HttpStatusCode)status).ToString() : status.ToString(CultureInfo.InvariantCulture);

    // It becomes part of a host name.
    /// <summary>Whether it can be a region's name.</summary>
    public static bool IsRegion(string? text) =>
        text is { Length: > 0 and <= 40 } && text.All(letter =>
            char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
