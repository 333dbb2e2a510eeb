using System.Text.Json;

namespace JadaStore.Cli.Tests.Commands;

public sealed class ForgetTests : IAsyncLifetime, IDisposable
{
    private readonly TestShell _shell = new();

    /// <summary>v1.0, v1.1 and v1.2 of <c>local/site</c>.</summary>
    public async Task InitializeAsync()
    {
        foreach (string text in (string[])["one", "two", "three"])
        {
            _shell.Write("site/a", text);
            Assert.Equal(0, await _shell.RunAsync("snapshot", "site", "-q", "-m", text));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task By_name_they_go_and_come_back()
    {
        Assert.Equal(0, await _shell.RunAsync("forget", "v1.0", "latest~1"));
        Assert.Contains("forgot 2 of 2 snapshots\n", _shell.Text, StringComparison.Ordinal);
        Assert.Contains("`jstore undelete` brings them back", _shell.Error, StringComparison.Ordinal);
        Assert.Equal("v1.2", await NamesAsync());

        Assert.Equal(0, await _shell.RunAsync("undelete"));
        Assert.Matches(
            @"^NAME +ID +TIME +FORGOTTEN +WHY +MESSAGE\nv1\.0 .* by name +one\nv1\.1 .* by name +two\n$", _shell.Text);
        Assert.Equal(0, await _shell.RunAsync("undelete", "--json"));
        JsonElement first = JsonDocument.Parse(_shell.Text).RootElement[0];
        Assert.Equal(["name", "id", "time", "forgotten", "reason"], first.EnumerateObject().Select(one => one.Name));

        Assert.Equal(0, await _shell.RunAsync("undelete", "v1.0", "v1.1"));
        Assert.Equal(
            "v1.0 is back, and all that it needs is there\nv1.1 is back, and all that it needs is there\n",
            _shell.Text);
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync());
        Assert.Equal(0, await _shell.RunAsync("undelete"));
        Assert.Equal("", _shell.Text);
        Assert.Contains("no forgotten snapshot can be brought back", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_what_goes_and_why_the_rest_stays()
    {
        await _shell.RunAsync("pin", "v1.0", "-m", "as it was");

        Assert.Equal(0, await _shell.RunAsync("forget", "--keep-last", "1", "--keep-yearly", "all", "--dry-run"));

        string[] lines = _shell.Text.Split('\n');
        Assert.Matches("^NAME +ID +TIME +WHY$", lines[0]);
        Assert.Matches("^v1.0 .* keep +pinned: as it was; yearly 2, the oldest$", lines[1]);
        Assert.Matches("^v1.1 .* forget +no rule keeps it$", lines[2]);
        Assert.Matches("^v1.2 .* keep +last 1 of 1; yearly 1; newest complete of local/site$", lines[3]);
        Assert.Equal("would forget 1 of 3 snapshots", lines[4]);
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync());

        Assert.Equal(0, await _shell.RunAsync("forget", "--keep-last", "1", "--dry-run", "--json"));
        JsonElement second = JsonDocument.Parse(_shell.Text).RootElement[1];
        Assert.Equal(["name", "id", "time", "keep", "reasons"], second.EnumerateObject().Select(one => one.Name));
        Assert.Equal(("v1.1", false, "no rule keeps it"),
            (second.GetProperty("name").GetString(), second.GetProperty("keep").GetBoolean(), second.GetProperty("reasons")[0].GetString()));
    }

    [Theory]
    [InlineData("forget")]
    [InlineData("forget", "v1.0", "--keep-last", "1")]
    [InlineData("forget", "--keep-last", "0")]
    [InlineData("forget", "--keep-last", "-2")]
    [InlineData("forget", "--keep-last", "many")]
    [InlineData("forget", "--keep-within", "7")]
    [InlineData("forget", "--keep-within", "1h7d")]
    [InlineData("forget", "--keep-tag", "")]
    [InlineData("status", "--max-age", "soon")]
    public async Task What_cannot_be_meant_is_a_usage_error_and_nothing_goes(params string[] words)
    {
        Assert.Equal(2, await _shell.RunAsync(words));
        Assert.Single(_shell.Error.TrimEnd().Split('\n'));
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync());
    }

    [Fact]
    public async Task Rules_that_keep_nothing_are_refused()
    {
        Assert.Equal(1, await _shell.RunAsync("forget", "--keep-tag", "mistyped"));
        Assert.Contains("do not say to keep any of the 3 snapshots", _shell.Error, StringComparison.Ordinal);
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync());
    }

    [Theory, InlineData("all"), InlineData("-1")]
    public async Task A_rule_can_be_without_end(string count)
    {
        Assert.Equal(0, await _shell.RunAsync("forget", "--keep-hourly", count, "--keep-last", count));
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync());
    }

    [Fact]
    public async Task The_rules_of_the_file_are_taken_where_none_are_typed()
    {
        _shell.Write("jstore.toml", """
            [retention]
            keep-last = 1
            keep-weekly = "all"
            """);

        Assert.Equal(0, await _shell.RunAsync("forget"));
        Assert.Equal("v1.0 v1.2", await NamesAsync());
        Assert.Equal(0, await _shell.RunAsync("undelete", "--json"));
        Assert.Contains(
            "\"reason\":\"kept by none of keep-last 1, keep-weekly all\"", _shell.Text, StringComparison.Ordinal);
    }

    /// <summary>Rules that were written for one repository must not be let loose on another.</summary>
    [Fact]
    public async Task The_rules_of_a_file_that_names_another_repository_are_not()
    {
        _shell.Write("jstore.toml", """
            repository = "elsewhere"
            [retention]
            keep-last = 1
            """);

        Assert.Equal(2, await _shell.RunAsync("forget", "-r", ".jstore"));
        Assert.Contains("is for elsewhere, not for", _shell.Error, StringComparison.Ordinal);
        _shell.Write("jstore.toml", """
            repository = "./.jstore/"
            [retention]
            keep-last = 1
            """);
        Assert.Equal(0, await _shell.RunAsync("forget", "-r", ".jstore"));
        Assert.Equal("v1.2", await NamesAsync());
    }

    [Fact]
    public async Task What_is_pinned_is_marked_and_stays_until_it_is_unpinned()
    {
        Assert.Equal(0, await _shell.RunAsync("pin", "v1.1", "-m", "before the move"));
        Assert.Equal("v1.1 is pinned: before the move\n", _shell.Text);
        Assert.Equal(0, await _shell.RunAsync("pin", "v1.1", "-m", "again"));
        Assert.Equal("v1.1 was pinned already: before the move\n", _shell.Text);
        Assert.Equal(0, await _shell.RunAsync("list"));
        Assert.Contains("complete, pinned", _shell.Text.Split('\n')[2], StringComparison.Ordinal);
        Assert.Equal(0, await _shell.RunAsync("list", "--json"));
        JsonElement[] listed = [.. JsonDocument.Parse(_shell.Text).RootElement.EnumerateArray()];
        Assert.Equal([false, true, false], listed.Select(one => one.GetProperty("pinned").GetBoolean()));
        Assert.Equal("before the move", listed[1].GetProperty("pin_reason").GetString());

        Assert.Equal(1, await _shell.RunAsync("forget", "v1.0", "v1.1"));
        Assert.Equal(
            "jstore: v1.1 is pinned: before the move. `jstore unpin v1.1` first, and it can be forgotten.\n",
            _shell.Error);
        Assert.Equal("v1.0 v1.1 v1.2", await NamesAsync());
        Assert.Equal(0, await _shell.RunAsync("unpin", "v1.1"));
        Assert.Equal("v1.1 is no longer pinned\n", _shell.Text);
        Assert.Equal(0, await _shell.RunAsync("unpin", "v1.1"));
        Assert.Equal("v1.1 was not pinned\n", _shell.Text);
        Assert.Equal(0, await _shell.RunAsync("forget", "v1.1"));
        Assert.Equal("v1.0 v1.2", await NamesAsync());
        Assert.Equal(1, await _shell.RunAsync("pin", "v1.1"));
    }

    private async Task<string> NamesAsync()
    {
        Assert.Equal(0, await _shell.RunAsync("list", "--json"));
        return string.Join(
            ' ', JsonDocument.Parse(_shell.Text).RootElement.EnumerateArray().Select(one => one.GetProperty("name").GetString()));
    }
}
