using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Signature version 4, in headers.</summary>
/// <remarks>
/// <para>Thread-safe. The key of a day, region and service is kept: a signature is then two hashes.</para>
/// <para>Method: "Create a signed AWS API request", AWS Identity and Access Management user guide.</para>
/// </remarks>
/// <param name="service">What is signed for.</param>
internal sealed class AwsSigner(AwsService service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private volatile DayKey? _key;

    /// <summary>Adds date, token, hash of the body, and the signature to the headers.</summary>
    /// <param name="headers">Those that will be sent, <c>host</c> among them, names in lower case; signed all.</param>
    /// <param name="method">As sent.</param>
    /// <param name="path">As sent.</param>
    /// <param name="query">As signed: encoded, sorted, each with a <c>=</c>.</param>
    /// <param name="bodyHash">SHA-256 of the body in hex, or <c>UNSIGNED-PAYLOAD</c>.</param>
    /// <param name="region">Where it is sent.</param>
    /// <param name="credentials">Whose signature.</param>
    /// <param name="time">Now, as the service sees it.</param>
    public void Sign(
        List<KeyValuePair<string, string>> headers, string method, string path, string query, string bodyHash,
        string region, ImmutableCredentials credentials, DateTimeOffset time)
    {
        string stamp = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        headers.Add(new("x-amz-date", stamp));
        if (credentials.UseToken)
        {
            headers.Add(new("x-amz-security-token", credentials.Token));
        }

        if (service.IsS3)
        {
            headers.Add(new("x-amz-content-sha256", bodyHash));
        }

        headers.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        string signed = string.Join(';', headers.Select(header => header.Key));
        string canonical = Canonical(headers, method, service.IsS3 ? path : EncodeAgain(path), query, signed, bodyHash);
        string scope = $"{stamp[..8]}/{region}/{service.SigningName}/aws4_request";
        string toSign = $"{Algorithm}\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.Latin1.GetBytes(canonical)))}";
        byte[] signature = HMACSHA256.HashData(KeyFor(credentials.SecretKey, stamp[..8], region),
            Encoding.ASCII.GetBytes(toSign));
        headers.Add(new(
            "authorization",
            $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={signed}, "
            + $"Signature={Hex(signature)}"));
    }

    private static string Canonical(
        List<KeyValuePair<string, string>> headers, string method, string path, string query, string signed,
            string bodyHash)
    {
        var text = new StringBuilder(512);
        text.Append(method).Append('\n').Append(path).Append('\n').Append(query).Append('\n');
        foreach ((string name, string value) in headers)
        {
            AppendTrimmed(text.Append(name).Append(':'), value).Append('\n');
        }

        return text.Append('\n').Append(signed).Append('\n').Append(bodyHash).ToString();
    }

    // No blanks around, and one where there are several.
    private static StringBuilder AppendTrimmed(StringBuilder text, string value)
    {
        string plain = value.Trim(' ');
        if (!plain.Contains("  ", StringComparison.Ordinal))
        {
            return text.Append(plain);
        }

        for (int i = 0; i < plain.Length; i++)
        {
            if (plain[i] != ' ' || plain[i - 1] != ' ')
            {
                text.Append(plain[i]);
            }
        }

        return text;
    }

    // All services but S3 sign the path encoded once more.
    private static string EncodeAgain(string path) =>
        PercentEncoding.Encode(Encoding.ASCII.GetBytes(path), keepSlash: true);

    private byte[] KeyFor(string secret, string day, string region)
    {
        DayKey? key = _key;
        if (key is null || key.Day != day || key.Region != region || key.Secret != secret)
        {
            byte[] derived = Encoding.UTF8.GetBytes("AWS4" + secret);
            foreach (string part in (ReadOnlySpan<string>)[day, region, service.SigningName, "aws4_request"])
            {
                derived = HMACSHA256.HashData(derived, Encoding.UTF8.GetBytes(part));
            }

            _key = key = new DayKey(day, region, secret, derived);
        }

        return key.Key;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed record DayKey(string Day, string Region, string Secret, byte[] Key);
}
