using System.Text.Json;
using System.Text.Json.Nodes;
using JadaStore.Store;

namespace JadaStore.Collectors.AppsScript;

/// <summary>A login that clasp keeps in <c>.clasprc.json</c>; the file is read and never written.</summary>
internal sealed record ClaspLogin
{
    private const string NewLogin = "Log in with `clasp login`.";
    private const long LongestFile = 1 << 20;

    /// <summary>The program that the user allowed; null where the file does not say.</summary>
    public string? ClientId { get; init; }

    /// <summary>Its secret; null where the file does not say.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What new access tokens are asked for with; null where there is none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The last access token; null where there is none.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Until when that is good; null where the file does not say.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether new access tokens can be asked for.</summary>
    public bool CanRefresh => RefreshToken is not null && ClientId is not null && ClientSecret is not null;

    /// <summary>The file where nobody says another.</summary>
    public static string DefaultFile =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".clasprc.json");

    /// <summary>Reads the formats of clasp 1, 2 and 3.</summary>
    /// <param name="file">The file.</param>
    /// <param name="user">Whose login; the older formats have one only, that of <c>default</c>.</param>
    /// <exception cref="StoreException">There is no such login.</exception>
    public static ClaspLogin Read(string file, string user)
    {
        JsonObject all = Parse(file);
        if (all["tokens"] is JsonObject tokens && tokens[user] is JsonObject login)
        {
            return Good(file, Of(login, login, "client_id", "client_secret"));
        }

        if (user != "default")
        {
            throw new StoreException(
                StoreFault.SourceUnreachable, $"{file} has no login of clasp's user {user}.",
                $"Log in with `clasp login --user {user}`.");
        }

        return all switch
        {
            _ when all["token"] is JsonObject token => Good(
                file, Of(token, all["oauth2ClientSettings"] as JsonObject ?? [], "clientId", "clientSecret")),
            _ when GoogleJson.Text(all, "access_token") is not null =>
                Good(file, Of(all, all, "client_id", "client_secret")),
            _ => throw NotLoggedIn(file, "holds no login"),
        };
    }

    /// <summary>Whether it can stand in a header.</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(letter => letter is > ' ' and <= '~');

    private static ClaspLogin Of(JsonObject token, JsonObject client, string id, string secret) => new()
    {
        ClientId = GoogleJson.Text(client, id),
        ClientSecret = GoogleJson.Text(client, secret),
        RefreshToken = GoogleJson.Text(token, "refresh_token"),
        AccessToken = GoogleJson.Text(token, "access_token") is { } access && IsToken(access) ? access : null,
        Expires = Time(GoogleJson.Number(token, "expiry_date") ?? GoogleJson.Number(token, "exprity_date")),
    };

    private static ClaspLogin Good(string file, ClaspLogin login) =>
        login.CanRefresh || login.AccessToken is not null ? login : throw NotLoggedIn(file, "holds no usable login");

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is >= 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value)
            : null;

    private static JsonObject Parse(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            if (stream.Length > LongestFile)
            {
                throw NotLoggedIn(file, "is no login file of clasp's");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return GoogleJson.Parse(bytes) ?? throw NotLoggedIn(file, "is no login file of clasp's");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotLoggedIn(file, "is not there");
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException)
        {
            throw NotLoggedIn(file, "is no login file of clasp's");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFault.SourceUnreachable, $"{file} cannot be read: {e.Message}", "", e);
        }
    }

    private static StoreException NotLoggedIn(string file, string why) => new(
        StoreFault.SourceUnreachable, $"clasp is not logged in: {file} {why}.",
        NewLogin + " Where clasp keeps its login in the system's keyring, `clasp export-credentials` writes the file.");
}
