using System.Text.Json;
using JadaStore.Cli.Output;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Tests.Output;

public class ProgressTests
{
    private static readonly SnapshotProgress Half = new("local/site", 500, 4096, 2048, 1024, 1000, Done: false);

    [Fact]
    public void A_line_tells_how_much_how_fast_and_how_much_longer() =>
        Assert.Equal(
            "local/site  500/1,000 entries  4.0 KiB  read 2.0 KiB  1.0 KiB/s  ETA 2.0 s",
            ProgressText.Of(Half, TimeSpan.FromSeconds(2)));

    [Fact]
    public void Sources_of_one_kind_share_a_line_and_those_that_wait_are_counted()
    {
        var lines = new SnapshotLines();
        lines.Set(Half);
        foreach (string bucket in (string[])["a", "b", "c"])
        {
            lines.Set(new SnapshotProgress("s3/" + bucket, 0, 0, 0, 0, 1000, Done: false));
        }

        lines.Set(new SnapshotProgress("s3/b", 1000, 4096, 2048, 1, 1000, Done: true));
        lines.Set(new SnapshotProgress("s3/a", 204, 1024, 2048, 1, 1000, Done: false));

        Assert.Equal(
            [
                "local/site  500/1,000 entries  4.0 KiB  read 2.0 KiB  1.0 KiB/s  ETA 2.0 s",
                "s3  1/3 buckets  5.0 KiB  1,204 objects  read 4.0 KiB  2.0 KiB/s  ETA 3.0 s",
            ],
            lines.Of(TimeSpan.FromSeconds(2)));
    }

    [Theory]
    [InlineData(false, "route53  12/16 zones  4.0 KiB  500 entries  read 2.0 KiB  1.0 KiB/s")]
    [InlineData(true, "route53  12/16 zones  4.0 KiB  500 entries  read 2.0 KiB  1.0 KiB/s  done")]
    public void What_a_source_counts_by_comes_first(bool done, string expected) =>
        Assert.Equal(
            expected,
            ProgressText.Of(
                Half with { Root = "route53", Items = new SourceItems("zones", 12, 16), Done = done },
                TimeSpan.FromSeconds(2)));

    [Fact]
    public void Each_service_has_a_line_of_its_own_whatever_stands_before_it()
    {
        var lines = new SnapshotLines();
        foreach (string root in (string[])["prod/route53", "prod/lambda", "lambda", "local/a", "local/b"])
        {
            lines.Set(Half with { Root = root });
        }

        Assert.Equal(
            ["lambda", "local", "prod/lambda", "prod/route53"],
            lines.Of(TimeSpan.FromSeconds(2)).Select(line => line.Split("  ")[0]));
    }

    /// <summary>Forty services and a terminal of 24 lines: what scrolled away cannot be drawn again.</summary>
    [Fact]
    public void Where_sources_are_many_those_at_work_are_shown_and_the_others_counted()
    {
        var lines = new SnapshotLines();
        for (int i = 0; i < 40; i++)
        {
            lines.Set(new SnapshotProgress(
                $"service{i:00}", i < 30 ? 1 : 0, 0, 0, 0, 0, Done: i < 25,
                i is 30 ? new SourceItems("zones", 0, 3) : null));
        }

        IReadOnlyList<string> shown = lines.Of(TimeSpan.FromSeconds(2));

        Assert.Equal(
            [
                "service25", "service26", "service27", "service28", "service29", "service30",
                "25 other sources done, 9 to come",
            ],
            shown.Select(line => line.Split("  ")[0]));
    }

    [Fact]
    public void Lines_that_are_no_longer_needed_are_wiped()
    {
        var clock = new ManualTime();
        using var text = new StringWriter();
        var shell = new Shell
        {
            Out = TextWriter.Null, OutBytes = Stream.Null, Error = text, Variable = _ => null, Folder = "/",
            Time = clock, Width = () => 80,
        };
        using var line = new ProgressLine(shell);
        for (int i = 0; i < 14; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            line.Report(new SnapshotProgress($"service{i:00}", 0, 0, 0, 0, 0, Done: false));
        }

        string last = text.ToString()[text.ToString().LastIndexOf('\r')..];
        Assert.Equal("\r\x1b[1A0 other sources done, 14 to come\x1b[K\n", last);
        Assert.Contains("to come\x1b[K\n\x1b[J", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_terminal_is_the_kind_is_told_of_too()
    {
        var clock = new ManualTime();
        using var text = new StringWriter();
        using var log = new ProgressLog(text, clock);
        log.Report(Half with { Root = "s3/a" });
        log.Report(Half with { Root = "s3/b", Done = true });
        clock.Advance(TimeSpan.FromSeconds(6));
        log.Report(Half with { Root = "s3/a", Entries = 501 });

        Assert.StartsWith("s3  1/2 buckets  8.0 KiB  1,001 objects", text.ToString(), StringComparison.Ordinal);
        Assert.Single(text.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public void Work_that_is_done_at_once_prints_no_progress()
    {
        var clock = new ManualTime();
        using var text = new StringWriter();
        using var json = new ProgressJson(text, clock);

        json.Report(Half);

        Assert.Equal("", text.ToString());
    }

    [Fact]
    public void Json_progress_is_a_line_a_second_and_says_what_it_is()
    {
        var clock = new ManualTime();
        using var text = new StringWriter();
        using var json = new ProgressJson(text, clock);
        for (int i = 0; i < 31; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            json.Report(Half);
        }

        string[] lines = text.ToString().TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        using JsonDocument line = JsonDocument.Parse(lines[0]);
        Assert.Equal("snapshot_progress", line.RootElement.GetProperty("message_type").GetString());
        Assert.Equal(2048, line.RootElement.GetProperty("bytes_read").GetInt64());
    }

    [Fact]
    public void Live_lines_are_drawn_in_place_and_wiped_at_the_end()
    {
        var clock = new ManualTime();
        using var text = new StringWriter();
        var shell = new Shell
        {
            Out = TextWriter.Null, OutBytes = Stream.Null, Error = text, Variable = _ =>
                null, Folder = "/", Time = clock, Width = () => 40,
        };
        using (var line = new ProgressLine(shell))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            line.Report(Half);
            clock.Advance(TimeSpan.FromSeconds(1));
            line.Report(Half with { Root = "s3/tools" });
        }

        Assert.Contains("\x1b[1A", text.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\x1b[2A\x1b[J", text.ToString(), StringComparison.Ordinal);
        Assert.All(text.ToString().Split('\n'), drawn => Assert.True(drawn.Length < 60, drawn));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _now += by.Ticks;

        public override long GetTimestamp() => _now;
    }
}
