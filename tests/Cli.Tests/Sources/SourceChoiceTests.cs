namespace JadaStore.Cli.Tests.Sources;

public sealed class SourceChoiceTests : IAsyncLifetime, IDisposable
{
    private readonly TestShell _shell = new();

    public SourceChoiceTests()
    {
        _shell.Write("site/index.html", "x");
        _shell.Write("site/skip.tmp", "x");
        _shell.Write("docs/a.md", "x");
        _shell.Write("extra/b", "x");
        _shell.Write("jstore.toml", """
            repository = "store"
            [[source]]
            type = "local"
            path = "site"
            name = "sailjada.com"
            exclude = ["*.tmp"]
            [[source]]
            type = "local"
            path = "docs"
            """);
    }

    public async Task InitializeAsync() => Assert.Equal(0, await _shell.RunAsync("init", "--no-password"));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Without_words_everything_in_the_file_is_taken()
    {
        Assert.Equal(0, await _shell.RunAsync("snapshot"));
        Assert.Equal(
            "local/docs/ local/docs/a.md local/sailjada.com/ local/sailjada.com/index.html", await PathsAsync());
    }

    [Fact]
    public async Task A_name_chooses_one_and_goes_with_what_is_typed()
    {
        Assert.Equal(0, await _shell.RunAsync("snapshot", "docs", "./extra"));
        Assert.Equal("local/docs/ local/docs/a.md local/extra/ local/extra/b", await PathsAsync());
        Assert.Equal(0, await _shell.RunAsync("snapshot", "sailjada.com", "--exclude", "*.html"));
        Assert.Equal("local/sailjada.com/", await PathsAsync());
    }

    [Fact]
    public async Task Folders_that_clasp_pulled_are_one_source()
    {
        _shell.Write("scripts/booking/.clasp.json", "{\"scriptId\": \"x\"}");
        _shell.Write("scripts/booking/Code.js", "function f() {}");
        _shell.Write("jstore.toml", """
            repository = "store"
            [[source]]
            type = "apps-script"
            folders = ["scripts"]
            """);

        Assert.True(await _shell.RunAsync("snapshot") == 0, _shell.Error);
        Assert.Equal(
            "apps-script/booking/ apps-script/booking/.clasp.json apps-script/booking/Code.js", await PathsAsync());
    }

    [Fact]
    public async Task A_source_that_is_out_of_reach_leaves_the_others_whole()
    {
        _shell.Write("jstore.toml", """
            repository = "store"
            [[source]]
            type = "apps-script"
            credentials = "nowhere.json"
            [[source]]
            type = "local"
            path = "docs"
            """);

        Assert.Equal(3, await _shell.RunAsync("snapshot"));
        Assert.Contains("clasp is not logged in", _shell.Error, StringComparison.Ordinal);
        Assert.Equal("local/docs/ local/docs/a.md", await PathsAsync());
        Assert.Equal(1, await _shell.RunAsync("snapshot", "apps-script"));
    }

    [Fact]
    public async Task What_is_wrong_in_the_file_stops_a_snapshot()
    {
        _shell.Write("jstore.toml", "repository = \"store\"\n[[sources]]\ntype = \"local\"\n");

        Assert.Equal(1, await _shell.RunAsync("snapshot", "./site"));
        Assert.Contains("line 2: `sources` means nothing", _shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_words_and_without_sources_it_says_what_to_do()
    {
        _shell.Write("jstore.toml", "repository = \"store\"\n");

        Assert.Equal(2, await _shell.RunAsync("snapshot"));
        Assert.Contains("[[source]]", _shell.Error, StringComparison.Ordinal);
    }

    private async Task<string> PathsAsync()
    {
        Assert.Equal(0, await _shell.RunAsync("find", "**", "--snapshot", "latest", "--json"));
        return string.Join(' ', System.Text.Json.JsonDocument.Parse(_shell.Text).RootElement.EnumerateArray().Select(
            one => one.GetProperty("path").GetString()));
    }
}
