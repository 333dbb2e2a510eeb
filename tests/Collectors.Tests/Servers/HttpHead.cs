using System.Globalization;
using System.Text;

namespace JadaStore.Collectors.Tests.Servers;

/// <summary>The first line and the headers of an HTTP/1.1 message.</summary>
internal sealed record HttpHead(string First, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    private static readonly string[] OfOneConnection =
        ["Connection", "Keep-Alive", "Proxy-Connection", "Expect", "Transfer-Encoding", "Content-Length"];

    /// <summary>The length that it announces, or null.</summary>
    public long? ContentLength =>
        Header("Content-Length") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool IsChunked =>
        Header("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Of an answer.</summary>
    public int Status => int.Parse(First.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The sender will end the connection after this message.</summary>
    public bool Closes => First.Contains("HTTP/1.0", StringComparison.Ordinal)
        || Header("Connection")?.Contains("close", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Bytes as letters of Latin-1, so that those that are no text pass through unchanged.</summary>
    public static HttpHead Parse(ReadOnlySpan<byte> bytes)
    {
        string[] lines = Encoding.Latin1.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string[]> pairs = lines[1..].Select(line => line.Split(':', 2));
        return new HttpHead(lines[0], [.. pairs.Select(pair => KeyValuePair.Create(pair[0], pair[1].Trim()))]);
    }

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>For the next connection: how the body is framed there, and nothing about the one it came by.</summary>
    /// <param name="length">Announced; null for a body in chunks.</param>
    /// <param name="hasBody">False for what neither announces nor has a body.</param>
    public byte[] Forward(long? length, bool hasBody)
    {
        var text = new StringBuilder(First.Replace("HTTP/1.0", "HTTP/1.1", StringComparison.Ordinal)).Append("\r\n");
        foreach ((string name, string value) in Headers)
        {
            if (OfOneConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (length is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }
        else if (hasBody)
        {
            text.Append("Transfer-Encoding: chunked\r\n");
        }

        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }
}
