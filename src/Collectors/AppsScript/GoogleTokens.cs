using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.AppsScript;

/// <summary>Access tokens of one login, renewed before they expire.</summary>
/// <remarks>Thread-safe: whoever comes while a token is renewed waits for that one. Nothing is written
/// anywhere.</remarks>
/// <param name="login">From clasp.</param>
/// <param name="endpoint">What gives new ones.</param>
/// <param name="time">The clock.</param>
internal sealed class GoogleTokens(ClaspLogin login, Uri endpoint, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(50);

    private readonly SemaphoreSlim _gate = new(1);
    private string? _token = login.Expires is null && login.CanRefresh ? null : login.AccessToken;
    private DateTimeOffset _expires = login.Expires ?? DateTimeOffset.MaxValue;

    /// <summary>A token that is good now, as far as is known.</summary>
    /// <param name="refused">One that was refused, which is not given again; null: none was.</param>
    /// <param name="send">Sends the request for a new one, and tries again where that helps.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="GoogleException">There is none to be had.</exception>
    public async Task<string> GetAsync(
        string? refused, Func<Func<HttpRequestMessage>, CancellationToken, Task<JsonObject>> send,
        CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool good = _token is not null && _token != refused
                && (_expires > time.GetUtcNow() + Early || !login.CanRefresh);
            if (good)
            {
                return _token!;
            }

            if (!login.CanRefresh)
            {
                throw new GoogleException(
                    401, "invalid_grant", "clasp's login has expired, and holds nothing to renew it with");
            }

            JsonObject answer = await send(Request, cancellationToken).ConfigureAwait(false);
            long seconds = GoogleJson.Number(answer, "expires_in") is > 0 and <= 86_400 and long life
                ? life : (long)UsualLife.TotalSeconds;
            _token = GoogleJson.Text(answer, "access_token") is { } token && ClaspLogin.IsToken(token)
                ? token
                : throw new GoogleException(200, "", "a new access token: the answer holds none");
            _expires = time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
            return _token;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The header that shows a token.</summary>
    public static AuthenticationHeaderValue Header(string token) => new("Bearer", token);

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private HttpRequestMessage Request() => new(HttpMethod.Post, endpoint)
    {
        Content = new FormUrlEncodedContent(
        [
            new("grant_type", "refresh_token"),
            new("client_id", login.ClientId),
            new("client_secret", login.ClientSecret),
            new("refresh_token", login.RefreshToken),
        ]),
    };
}
