using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Amazon.Runtime;

namespace JadaStore.Collectors.Aws.Requests;

/// <summary>Sends over HTTP/1.1, signed, and tries again by the rules of the SDKs' "standard" mode.</summary>
/// <remarks>
/// <para>Waits grow by two with full jitter, and hold no place; a budget ends retries when nothing succeeds any more;
/// a service that says to slow down gets half as many requests at once, in that region. A bucket in another region is
/// followed there, and its region remembered; a clock that is wrong is set right for signatures.</para>
/// <para>A body is sent signed over http and unsigned over https, never in chunks and without a trailer; other
/// checksums are the caller's.</para>
/// </remarks>
/// <param name="endpoint">Where to.</param>
/// <param name="wire">Shared.</param>
/// <param name="region">Where buckets are looked for first.</param>
internal sealed class AwsTransport(AwsEndpoint endpoint, AwsWire wire, string region) : IAwsTransport
{
    private const int MaxRedirects = 2;

    private static readonly string EmptyHash = Convert.ToHexStringLower(SHA256.HashData([]));
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly AwsSigner _signer = new(endpoint.Service);
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _regions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<AwsResponse> SendAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        int redirects = 0, attempt = 1;
        bool clockSet = false;
        while (true)
        {
            string where = RegionOf(request);
            Lane lane = _lanes.GetOrAdd(where, LaneOf);
            AwsAnswer answer = await TryAsync(request, where, lane, cancellationToken).ConfigureAwait(false);
            if (answer.Response is { } response)
            {
                lane.Budget.Succeeded(retried: attempt > 1);
                lane.Succeeded();
                return response;
            }

            if (IsElsewhere(request, answer.Error, where) && redirects++ < MaxRedirects)
            {
                _regions[request.Bucket!] = answer.Error!.Region!;
                continue;
            }

            if (answer.Error is { IsClockSkew: true } && answer.Date is { } date && !clockSet)
            {
                wire.SetServiceTime(date);
                clockSet = true;
                continue;
            }

            bool throttled = answer.Error?.IsThrottling ?? false;
            if (throttled)
            {
                lane.SlowDown();
            }

            if (!answer.IsTransient || attempt == wire.Attempts || !lane.Budget.TryTake(throttled))
            {
                throw answer.ToException(request.Operation);
            }

            await Task.Delay(Wait(attempt, throttled), wire.Time, cancellationToken).ConfigureAwait(false);
            attempt++;
        }
    }

    private string RegionOf(AwsRequest request) =>
        request.Bucket is { } bucket && _regions.TryGetValue(bucket, out string? known) ? known : region;

    private Lane LaneOf(string where) => wire.InFlight.LaneOf($"{endpoint.Service.EndpointPrefix}/{where}");

    private static bool IsElsewhere(AwsRequest request, AwsError? error, string where) =>
        request.Bucket is not null && error is { Status: 301 or 302 or 307 or 400 or 403, Region: { } right }
            && right != where;

    private TimeSpan Wait(int attempt, bool throttled) =>
        RetryWait.After(attempt, wire.Backoff * (throttled ? 5 : 1), LongestWait);

    private async Task<AwsAnswer> TryAsync(
        AwsRequest request, string where, Lane lane, CancellationToken cancellationToken)
    {
        ImmutableCredentials? credentials = endpoint.Service.IsUnsigned || wire.IsAnonymous
            ? null : await wire.CredentialsAsync(request.Operation).ConfigureAwait(false);
        await lane.EnterAsync(cancellationToken).ConfigureAwait(false);
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        HttpResponseMessage? response = null;
        bool handedOver = false;
        try
        {
            limit.CancelAfter(wire.Stall);
            using HttpRequestMessage message = Message(request, where, credentials, limit);
            response = await wire.Http.SendAsync(message, limit.Token).ConfigureAwait(false);
            Stream inner = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            var body = new WireBody(response, inner, limit, wire.Stall, lane.Leave);
            handedOver = true;
            List<KeyValuePair<string, string>> headers = HeadersOf(response);
            int status = (int)response.StatusCode;
            if (status is >= 200 and < 300)
            {
                return new AwsAnswer(new AwsResponse(status, headers, body), null, null, null);
            }

            await using (body.ConfigureAwait(false))
            {
                return await ReadErrorAsync(status, headers, body, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit of a connection is the handler's own.
            return new AwsAnswer(null, null, null, new IOException(
                limit.IsCancellationRequested
                    ? $"no answer came within {wire.Stall.TotalSeconds:0.#} s"
                    : $"no connection to {endpoint.Resolve(where, request).Host} was made within "
                        + $"{AwsWire.ConnectLimit.TotalSeconds:0.#} s",
                e));
        }
        catch (HttpRequestException e) when (NobodyIsThere(e) && endpoint.MayLack(where))
        {
            return new AwsAnswer(null, null, null, new AwsException(
                request.Operation, 0, AwsException.NotInRegion,
                $"{request.Operation}: {endpoint.Service.Name} is not in {where}: there is no host "
                + endpoint.Resolve(where, request).Host,
                e));
        }
        catch (Exception e) when (e is HttpRequestException or IOException and not AwsException)
        {
            return new AwsAnswer(null, null, null, e);
        }
        finally
        {
            if (!handedOver)
            {
                response?.Dispose();
                limit.Dispose();
                lane.Leave();
            }
        }
    }

    // Not where the resolver itself could not be asked.
    private static bool NobodyIsThere(HttpRequestException e) =>
        e.HttpRequestError == HttpRequestError.NameResolutionError
        && e.InnerException is not SocketException { SocketErrorCode: SocketError.TryAgain };

    private HttpRequestMessage Message(
        AwsRequest request, string where, ImmutableCredentials? credentials, CancellationTokenSource limit)
    {
        (string scheme, string host, string path) = endpoint.Resolve(where, request);
        bool hasBody = request.Method is not ("GET" or "HEAD") || !request.Body.IsEmpty;
        var headers = new List<KeyValuePair<string, string>>(request.Headers.Count + 5) { new("host", host) };
        foreach ((string name, string value) in request.Headers)
        {
            headers.Add(new(name.ToLowerInvariant(), value));
        }

        string hash = request.Body.IsEmpty ? EmptyHash
            : endpoint.Service.IsS3 && scheme == Uri.UriSchemeHttps ? "UNSIGNED-PAYLOAD"
            : Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        var query = new AwsQuery(request.Query);
        if (credentials is not null)
        {
            _signer.Sign(headers, request.Method, path, query.Signed, hash, endpoint.SigningRegion(where), credentials,
                wire.ServiceTime);
        }

        var message = new HttpRequestMessage(
            HttpMethod.Parse(request.Method),
            new Uri($"{scheme}://{host}{path}{query.Sent}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = hasBody ? new RequestBody(request.Body, limit, wire.Stall) : null,
        };
        foreach ((string name, string value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)
                && message.Content?.Headers.TryAddWithoutValidation(name, value) != true)
            {
                throw new AwsException(request.Operation, 0, "", $"the header {name} cannot be sent");
            }
        }

        return message;
    }

    private static List<KeyValuePair<string, string>> HeadersOf(HttpResponseMessage response)
    {
        var headers = new List<KeyValuePair<string, string>>(24);
        foreach (HttpHeaders group in (ReadOnlySpan<HttpHeaders>)[response.Headers, response.Content.Headers])
        {
            foreach ((string name, HeaderStringValues values) in group.NonValidated)
            {
                foreach (string value in values)
                {
                    headers.Add(new(name.ToLowerInvariant(), value));
                }
            }
        }

        return headers;
    }

    private static async Task<AwsAnswer> ReadErrorAsync(
        int status, List<KeyValuePair<string, string>> headers, Stream body, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[AwsErrorReader.MaxBody];
        int length = 0;
        try
        {
            length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false,
                cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Cut off in the middle of an error: the status says enough.
        }

        string? Header(string name) => headers.Find(header => header.Key == name).Value;
        DateTimeOffset? date = DateTimeOffset.TryParse(
            Header("date"), System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset parsed)
                ? parsed : null;
        return new AwsAnswer(null, AwsErrorReader.Read(status, Header, bytes.AsSpan(0, length)), date, null);
    }
}
