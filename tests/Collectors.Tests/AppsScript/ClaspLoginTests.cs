using JadaStore.Collectors.AppsScript;
using JadaStore.Store;

namespace JadaStore.Collectors.Tests.AppsScript;

public sealed class ClaspLoginTests : IDisposable
{
    private readonly GoogleGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData(GoogleGround.Clasp3)]
    [InlineData("""
        {"token": {"access_token": "old-token", "refresh_token": "the-refresh", "scope": "x", "token_type": "Bearer",
          "expiry_date": 1000},
         "oauth2ClientSettings": {"clientId": "the-client", "clientSecret": "the-secret", "redirectUri": "http://x"},
         "isLocalCreds": false}
        """)]
    public void The_formats_of_clasp_2_and_3_say_the_same(string json)
    {
        _ground.Login(json);

        Assert.Equal(
            new ClaspLogin
            {
                ClientId = "the-client",
                ClientSecret = "the-secret",
                RefreshToken = "the-refresh",
                AccessToken = "old-token",
                Expires = DateTimeOffset.FromUnixTimeMilliseconds(1000),
            },
            ClaspLogin.Read(_ground.LoginFile, "default"));
    }

    [Fact]
    public void Another_user_of_clasp_3_has_a_login_of_its_own()
    {
        _ground.Login("""{"tokens": {"default": {"access_token": "a"}, "work": {"access_token": "b"}}}""");

        Assert.Equal("b", ClaspLogin.Read(_ground.LoginFile, "work").AccessToken);
        Assert.Contains("--user home", Refused("home").Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"tokens": {}}""")]
    [InlineData("""{"tokens": {"default": {}}}""")]
    [InlineData("""{"tokens": {"default": {"access_token": "a\nHost: x"}}}""")]
    [InlineData("""{"token": {"refresh_token": "x"}}""")]
    [InlineData("""{"token": 7, "access_token": 8}""")]
    public void A_file_without_a_login_says_how_to_log_in(string json)
    {
        _ground.Login(json);

        Assert.Contains("clasp login", Refused("default").Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_says_how_to_log_in()
    {
        File.Delete(_ground.LoginFile);

        StoreException e = Refused("default");

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Contains(".clasprc.json is not there", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_good_is_used_and_none_asked_for()
    {
        long later = GoogleGround.Now.AddMinutes(30).ToUnixTimeMilliseconds();
        _ground.Login(GoogleGround.Clasp3.Replace("1000", $"{later}", StringComparison.Ordinal));
        _ground.Google.Token = "old-token";
        _ground.Google.Projects.Add(new FakeProject("i", "p"));

        Assert.NotEmpty(await GoogleGround.ReadAsync(_ground.All()));
        Assert.Empty(_ground.Google.AskedOf("/token"));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once_and_the_file_left_as_it_is()
    {
        long later = GoogleGround.Now.AddMinutes(30).ToUnixTimeMilliseconds();
        _ground.Login(GoogleGround.Clasp3.Replace("1000", $"{later}", StringComparison.Ordinal));
        _ground.Google.Projects.Add(new FakeProject("i", "p"));
        byte[] before = await File.ReadAllBytesAsync(_ground.LoginFile);

        Assert.NotEmpty(await GoogleGround.ReadAsync(_ground.All()));
        Assert.Single(_ground.Google.AskedOf("/token"));
        Assert.Equal(before, await File.ReadAllBytesAsync(_ground.LoginFile));
    }

    [Fact]
    public async Task A_login_that_was_revoked_says_so_without_a_secret()
    {
        _ground.Google.Fault = path => path.StartsWith("/token", StringComparison.Ordinal)
            ? (400, """{"error": "invalid_grant", "error_description": "Token has been expired or revoked."}""") : null;

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => GoogleGround.ReadAsync(_ground.All()));

        Assert.Contains("Token has been expired or revoked", e.Message, StringComparison.Ordinal);
        Assert.Contains("clasp login", e.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("the-refresh", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", e.ToString(), StringComparison.Ordinal);
    }

    private StoreException Refused(string user) =>
        Assert.Throws<StoreException>(() => ClaspLogin.Read(_ground.LoginFile, user));
}
