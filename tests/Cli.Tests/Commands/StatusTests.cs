using System.Globalization;
using System.Text.Json;

namespace JadaStore.Cli.Tests.Commands;

/// <summary>What tells a person, and the machine that watches for one, that all is well or what is not.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Without_a_snapshot_it_fails()
    {
        await _shell.RunAsync("init", "--no-password");

        Assert.Equal(1, await _shell.RunAsync("status"));
        Assert.Equal("jstore: there is no snapshot.\n", _shell.Error);
    }

    [Theory]
    [InlineData(1, "24h", 0)]
    [InlineData(23, "24h", 0)]
    [InlineData(25, "24h", 1)]
    [InlineData(25, "1w", 0)]
    [InlineData(24 * 32, "1m", 1)]
    public async Task It_fails_when_the_newest_is_too_old(int hours, string maxAge, int code)
    {
        await TakeAsync();
        _shell.Time = new LaterClock(TimeSpan.FromHours(hours));

        Assert.Equal(code, await _shell.RunAsync("status", "--max-age", maxAge));
        Assert.Equal(
            code != 0, _shell.Error.StartsWith("jstore: the newest snapshot, v1.0, is ", StringComparison.Ordinal));
        Assert.Equal(0, await _shell.RunAsync("status"));
    }

    /// <summary>Taken by a machine whose clock was wrong, it would be the newest, and new, for ever.</summary>
    [Fact]
    public async Task It_fails_when_the_newest_is_of_tomorrow()
    {
        await TakeAsync();
        _shell.Time = new LaterClock(TimeSpan.FromMinutes(-59));
        Assert.Equal(0, await _shell.RunAsync("status", "--max-age", "24h"));
        _shell.Time = new LaterClock(TimeSpan.FromDays(-2));

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "24h"));
        Assert.Matches(
            @"^jstore: the newest snapshot, v1\.0, is dated (47h59m|2d 0h) ahead, so its age cannot be told\.\n$",
            _shell.Error);
    }

    [Fact]
    public async Task It_says_how_things_stand_of_each_series()
    {
        await TakeAsync();
        _shell.Write("tools/x", "x");
        await _shell.RunAsync("snapshot", "tools", "-q");
        await _shell.RunAsync("snapshot", "tools", "-q");
        await _shell.RunAsync("pin", "v1.0");
        await _shell.RunAsync("forget", "v1.1");
        _shell.Time = new LaterClock(new TimeSpan(3, 4, 0, 1));

        Assert.Equal(0, await _shell.RunAsync("status"));
        string[] lines = _shell.Text.Split('\n');
        Assert.Matches(@"^newest     v1\.2, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, 3d 4h ago, complete$", lines[0]);
        Assert.Equal("snapshots  2, 1 pinned, 1 forgotten that can be brought back", lines[1]);
        Assert.Equal("SERIES       NEWEST  AGE    STATE     NEWEST COMPLETE  AGE", lines[2]);
        Assert.Equal("local/site   v1.0    3d 4h  complete  v1.0             3d 4h", lines[3]);
        Assert.Equal("local/tools  v1.2    3d 4h  complete  v1.2             3d 4h", lines[4]);
    }

    [Fact]
    public async Task The_json_says_the_same()
    {
        await TakeAsync();
        _shell.Time = new LaterClock(TimeSpan.FromHours(30));

        Assert.Equal(1, await _shell.RunAsync("status", "--max-age", "24h", "--json"));

        JsonElement status = JsonDocument.Parse(_shell.Text).RootElement;
        Assert.Equal(
            ["ok", "problems", "newest", "snapshots", "pinned", "forgotten", "standing_alarms", "series", "sources"],
            status.EnumerateObject().Select(one => one.Name));
        Assert.False(status.GetProperty("ok").GetBoolean());
        Assert.Equal(
            "the newest snapshot, v1.0, is 30h00m old; --max-age is 24h.",
            status.GetProperty("problems")[0].GetString());
        Assert.InRange(status.GetProperty("newest").GetProperty("age_seconds").GetInt64(), 108_000, 108_059);
        JsonElement series = status.GetProperty("series")[0];
        Assert.Equal(
            ["name", "complete", "newest", "newest_complete"], series.EnumerateObject().Select(one => one.Name));
        Assert.Equal("v1.0", series.GetProperty("newest_complete").GetProperty("name").GetString());
        JsonElement source = status.GetProperty("sources")[0];
        Assert.Equal(["root", "region", "newest"], source.EnumerateObject().Select(one => one.Name));
        Assert.Equal("local/site", source.GetProperty("root").GetString());
        Assert.Equal("v1.0", source.GetProperty("newest").GetProperty("name").GetString());
        Assert.Empty(_shell.Error);
    }

    [Fact]
    public async Task A_snapshot_that_lost_much_is_kept_and_said_and_what_was_before_is_pinned()
    {
        for (int i = 0; i < 29; i++)
        {
            _shell.Write(string.Create(CultureInfo.InvariantCulture, $"site/f{i:D2}"), $"{i}");
        }

        Assert.Equal(0, await _shell.RunAsync("snapshot", "site", "-q"));
        for (int i = 0; i < 9; i++)
        {
            File.Delete(Path.Combine(_shell.Folder, string.Create(CultureInfo.InvariantCulture, $"site/f{i:D2}")));
        }

        // 29 files and their folder.
        Assert.Equal(4, await _shell.RunAsync("snapshot", "site", "-q"));
        const string Alarm =
            "jstore: ALARM: local/site lost 9 of 30 entries since v1.0, which is now pinned; 'jstore diff v1.0 v1.1' shows them\n";
        Assert.Equal(Alarm, _shell.Error);
        Assert.EndsWith("  ALARM\n", _shell.Text, StringComparison.Ordinal);
        Assert.Equal(4, await _shell.RunAsync("status"));
        Assert.Equal(Alarm, _shell.Error);
        await _shell.RunAsync("list");
        Assert.Contains("complete, pinned", _shell.Text.Split('\n')[1], StringComparison.Ordinal);
        Assert.Contains("complete, ALARM", _shell.Text.Split('\n')[2], StringComparison.Ordinal);
        await _shell.RunAsync("list", "--json");
        JsonElement[] listed = [.. JsonDocument.Parse(_shell.Text).RootElement.EnumerateArray()];
        Assert.Equal("alarm of v1.1: local/site lost", listed[0].GetProperty("pin_reason").GetString());
        Assert.Equal("lost", listed[1].GetProperty("alarms")[0].GetProperty("kind").GetString());
        await _shell.RunAsync("manifest", "v1.1");
        Assert.Contains("| `local/site` | entries are gone | 9 | 30 |", _shell.Text, StringComparison.Ordinal);

        Assert.Equal(0, await _shell.RunAsync("snapshot", "site", "-q"));
        Assert.Equal(0, await _shell.RunAsync("status"));
        Assert.Equal(
            "ALARM      v1.1: local/site lost 9 of 30 entries since v1.0; 'jstore unpin v1.0' when that was meant",
            _shell.Text.Split('\n')[2]);
        await _shell.RunAsync("status", "--json");
        JsonElement standing =
            Assert.Single(JsonDocument.Parse(_shell.Text).RootElement.GetProperty("standing_alarms").EnumerateArray());
        Assert.Equal("v1.1", standing.GetProperty("snapshot").GetString());
        Assert.Equal("v1.0", standing.GetProperty("pinned").GetString());
        Assert.Equal(9, standing.GetProperty("alarm").GetProperty("count").GetInt64());
        await _shell.RunAsync("unpin", "v1.0");
        Assert.Equal(0, await _shell.RunAsync("status"));
        Assert.DoesNotContain("ALARM", _shell.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("off = true", 0)]
    [InlineData("lost = \"31%\"", 0)]
    [InlineData("least = 31", 0)]
    [InlineData("lost = \"30%\"\nleast = 30\noff = false", 4)]
    public async Task The_file_says_from_when_on_it_is_an_alarm(string table, int code)
    {
        _shell.Write("jstore.toml", "[alarm]\n" + table);
        for (int i = 0; i < 29; i++)
        {
            _shell.Write(string.Create(CultureInfo.InvariantCulture, $"site/f{i:D2}"), $"{i}");
        }

        await _shell.RunAsync("snapshot", "site", "-q");
        for (int i = 0; i < 9; i++)
        {
            File.Delete(Path.Combine(_shell.Folder, string.Create(CultureInfo.InvariantCulture, $"site/f{i:D2}")));
        }

        Assert.Equal(code, await _shell.RunAsync("snapshot", "site", "-q"));
    }

    private async Task TakeAsync()
    {
        _shell.Write("site/a", "a");
        Assert.Equal(0, await _shell.RunAsync("snapshot", "site", "-q"));
    }
}
