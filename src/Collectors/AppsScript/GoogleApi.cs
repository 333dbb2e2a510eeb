using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.AppsScript;

/// <summary>Asks Google for JSON, with a token, and tries again what may succeed.</summary>
/// <remarks>
/// Thread-safe. At most <see cref="AtOnce"/> requests run at once. Waits grow by two with full jitter, or are as long
/// as Google says. Redirections are not followed: the token goes to the services that were meant only.
/// </remarks>
internal sealed class GoogleApi : IDisposable
{
    /// <summary>Longest answer that is taken: 64 MiB.</summary>
    public const int MaxAnswer = 64 << 20;

    /// <summary>Most requests at once.</summary>
    public const int AtOnce = 8;

    private const int Attempts = 7;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly GoogleTokens _tokens;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ActivityHeadersPropagator = null,
    });

    /// <param name="login">Whose projects.</param>
    /// <param name="endpoints">Where Google is.</param>
    /// <param name="time">The clock.</param>
    public GoogleApi(ClaspLogin login, GoogleEndpoints endpoints, TimeProvider time)
    {
        _tokens = new GoogleTokens(login, endpoints.Token, time);
        _time = time;
    }

    /// <summary>The first wait is at most this long; each next one twice as long.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>One GET, one JSON object.</summary>
    /// <param name="what">What is asked for, for messages.</param>
    /// <param name="url">Whom and what to ask.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="GoogleException">It failed for good, or what came is no JSON object.</exception>
    public async Task<JsonObject> GetAsync(string what, Uri url, CancellationToken cancellationToken)
    {
        string? refused = null;
        while (true)
        {
            string token = await _tokens.GetAsync(
                refused, (make, stop) => SendAsync("a new access token", make, stop), cancellationToken)
                .ConfigureAwait(false);
            try
            {
                return await SendAsync(what, () => Get(url, token), cancellationToken).ConfigureAwait(false);
            }
            catch (GoogleException e) when (e.Status == 401 && refused is null)
            {
                refused = token;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
        _tokens.Dispose();
    }

    private static HttpRequestMessage Get(Uri url, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = GoogleTokens.Header(token);
        return request;
    }

    private async Task<JsonObject> SendAsync(
        string what, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            GoogleException failure;
            TimeSpan? told = null;
            try
            {
                GoogleAnswer answer = await TryAsync(make, cancellationToken).ConfigureAwait(false);
                if (answer.Status is >= 200 and < 300)
                {
                    return GoogleJson.Parse(answer.Body) ?? throw new JsonException("no object");
                }

                GoogleError error = GoogleError.Read(answer.Status, answer.Body);
                failure = error.ToException(what);
                told = answer.RetryAfter;
                if (!error.IsTransient)
                {
                    throw failure;
                }
            }
            catch (JsonException e)
            {
                failure = new GoogleException(200, "", $"{what}: what came is no JSON object", e);
            }
            catch (Exception e) when (e is HttpRequestException or IOException and not GoogleException)
            {
                failure = new GoogleException(0, "", $"{what}: {e.Message}", e);
            }

            if (attempt == Attempts)
            {
                throw failure;
            }

            await Task.Delay(Wait(attempt, told), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Wait(int attempt, TimeSpan? told)
    {
        if (told is { } exactly)
        {
            return exactly < LongestWait ? exactly : LongestWait;
        }

        return RetryWait.After(attempt, Backoff, LongestWait);
    }

    private async Task<GoogleAnswer> TryAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            using HttpRequestMessage request = make();
            using HttpResponseMessage response = await _http.SendAsync(request, limit.Token).ConfigureAwait(false);
            Stream body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            byte[] bytes = await WholeBody.ReadAsync(body, MaxAnswer, limit.Token).ConfigureAwait(false)
                ?? throw new GoogleException(200, "", $"an answer is longer than {MaxAnswer} bytes");
            return new GoogleAnswer((int)response.StatusCode, bytes, response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"no answer came within {Limit.TotalSeconds:0} s", e);
        }
        finally
        {
            _places.Release();
        }
    }
}
