using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.Tests.Aws.Judge;

/// <summary>Sends to a server that checks no signature; counts, and tries nothing again.</summary>
internal sealed partial class PlainTransport(string endpoint, string service = "s3") : IAwsTransport, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>What was asked, in order of asking.</summary>
    public List<string> Operations { get; } = [];

    public async Task<AwsResponse> SendAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        lock (Operations)
        {
            Operations.Add(request.Operation);
        }

        string query = string.Join('&', request.Query.Select(one =>
            Uri.EscapeDataString(one.Key) + (one.Value is null ? "" : "=" + Uri.EscapeDataString(one.Value))));
        string path = request.Bucket is null ? request.Path : $"/{request.Bucket}{request.Path}";
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), $"{endpoint}{path}?{query}");
        message.Content = new ByteArrayContent(request.Body.ToArray());
        message.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            $"Credential=test/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=00");
        foreach ((string name, string value) in request.Headers)
        {
            (name.StartsWith("Content-", StringComparison.Ordinal) ? (
                HttpHeaders)message.Content.Headers : message.Headers).TryAddWithoutValidation(name, value);
        }

        HttpResponseMessage response = await _http.SendAsync(message, cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        int status = (int)response.StatusCode;
        if (status >= 300)
        {
            string code = Code().Match(System.Text.Encoding.UTF8.GetString(body)).Groups[1].Value;
            throw new AwsException(request.Operation, status, code, $"{request.Operation}: {code}");
        }

        return new AwsResponse(
            status,
            [.. response.Headers.Concat(response.Content.Headers).SelectMany(header =>
                header.Value.Select(value => KeyValuePair.Create(header.Key.ToLowerInvariant(), value)))],
            new MemoryStream(body));
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<Code>([^<]*)</Code>")]
    private static partial Regex Code();
}
