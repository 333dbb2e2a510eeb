using System.Globalization;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Tests.Retention;

public sealed class CalendarSpanTests
{
    [Theory]
    [InlineData("36h", "2026-03-01T12:00:00Z", "2026-02-28T00:00:00Z")]
    [InlineData("7d", "2026-03-01T12:00:00Z", "2026-02-22T12:00:00Z")]
    [InlineData("2w", "2024-03-01T00:00:00Z", "2024-02-16T00:00:00Z")]
    [InlineData("1m", "2024-03-31T10:00:00Z", "2024-02-29T10:00:00Z")]
    [InlineData("1m", "2025-03-31T10:00:00Z", "2025-02-28T10:00:00Z")]
    [InlineData("1y", "2024-02-29T10:00:00Z", "2023-02-28T10:00:00Z")]
    [InlineData("6m", "2026-01-15T00:00:00Z", "2025-07-15T00:00:00Z")]
    [InlineData("1y6m", "2026-03-31T00:00:00Z", "2024-09-30T00:00:00Z")]
    [InlineData("1y5m7d2h", "2026-03-08T02:00:00Z", "2024-10-01T00:00:00Z")]
    [InlineData("1y1m1w1d1h", "2026-03-10T01:00:00Z", "2025-02-02T00:00:00Z")]
    [InlineData("9999y", "2026-03-10T01:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("99999y99999m99999w99999d99999h", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")]
    [InlineData("2025y2m", "2026-03-10T01:00:00Z", "0001-01-10T01:00:00Z")]
    [InlineData("2025y2m10d", "2026-03-10T01:00:00Z", "0001-01-01T00:00:00Z")]
    public void It_counts_back_as_the_calendar_does(string text, string from, string to)
    {
        Assert.True(CalendarSpan.TryParse(text, out CalendarSpan span));

        Assert.Equal(Time(to), span.Before(Time(from)));
    }

    /// <summary>In no zone but UTC: there a day may have 23 hours.</summary>
    [Fact]
    public void An_offset_makes_no_difference()
    {
        Assert.True(CalendarSpan.TryParse("1m", out CalendarSpan span));

        Assert.Equal(Time("2026-02-28T23:00:00Z"), span.Before(Time("2026-04-01T01:00:00+02:00")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("0y0h")]
    [InlineData("-1d")]
    [InlineData("+1d")]
    [InlineData("1.5d")]
    [InlineData("1 d")]
    [InlineData("1D")]
    [InlineData("1d1d")]
    [InlineData("1h1d")]
    [InlineData("1d1")]
    [InlineData("1s")]
    [InlineData("100000d")]
    [InlineData("99999999999999999999d")]
    [InlineData("٣d")]
    public void What_is_no_time_is_not_read(string text) => Assert.False(CalendarSpan.TryParse(text, out _));

    [Theory, InlineData("1y6m"), InlineData("36h"), InlineData("7d")]
    public void It_is_written_as_it_is_read(string text)
    {
        Assert.True(CalendarSpan.TryParse(text, out CalendarSpan span));

        Assert.Equal(text, span.ToString());
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
