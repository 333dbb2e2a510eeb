using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.AppsScript;

/// <summary>What an answer of Google's that is no success says.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The most exact word that it has; may be empty.</param>
/// <param name="Message">Google's words, one line; may be empty.</param>
internal sealed record GoogleError(int Status, string Reason, string Message)
{
    private const int LongestMessage = 600;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient =>
        Status is 408 or 429 or 500 or 502 or 503 or 504
        || (Status == 403 && Reason is "rateLimitExceeded" or "userRateLimitExceeded" or "RATE_LIMIT_EXCEEDED");

    /// <summary>Reads the body; whatever is no JSON, or of another shape, says nothing.</summary>
    public static GoogleError Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            JsonObject? answer = GoogleJson.Parse(body);
            if (answer?["error"] is JsonObject error)
            {
                string reason = ReasonIn(error["details"]) ?? ReasonIn(error["errors"])
                    ?? GoogleJson.Text(error, "status") ?? "";
                return new GoogleError(status, OneLine(reason), OneLine(GoogleJson.Text(error, "message") ?? ""));
            }

            // The token service has a shape of its own.
            return answer is null ? new GoogleError(status, "", "") : new GoogleError(
                status, OneLine(GoogleJson.Text(answer, "error") ?? ""),
                OneLine(GoogleJson.Text(answer, "error_description") ?? ""));
        }
        catch (JsonException)
        {
            return new GoogleError(status, "", "");
        }
    }

    /// <summary>The failure as an exception.</summary>
    /// <param name="what">What was asked, for a person.</param>
    public GoogleException ToException(string what)
    {
        string code = Reason.Length > 0 ? $"{Reason} ({Status})" : $"HTTP {Status}";
        string words = Message.Length > 0 ? $"{code}: {Message.TrimEnd('.')}" : code;
        return new GoogleException(Status, Reason, $"{what}: {words}");
    }

    private static string? ReasonIn(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>()
        .Select(item => GoogleJson.Text(item, "reason")).FirstOrDefault(reason => reason is not null);

    private static string OneLine(string text)
    {
        string line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return line.Length > LongestMessage ? line[..LongestMessage] + "…" : line;
    }
}
