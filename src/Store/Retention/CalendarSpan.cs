using System.Globalization;
using System.Text;

namespace JadaStore.Store.Retention;

/// <summary>A length of time as people count it: a month is as long as the calendar says.</summary>
/// <param name="Years">At least 0; so are the others.</param>
/// <param name="Months">Whole months.</param>
/// <param name="Days">Days of 24 hours.</param>
/// <param name="Hours">Whole hours.</param>
/// <remarks>Written as <c>1y6m2w3d12h</c>, each part at most once, the largest first; a week is seven days.</remarks>
public readonly record struct CalendarSpan(int Years, int Months, int Days, int Hours)
{
    // A thousand years and more: beyond any snapshot, and far from the end of the calendar's arithmetic.
    private const int Most = 99_999;

    private const string Units = "ymwdh";

    /// <summary>Reads one.</summary>
    /// <returns>False where the text is none, or is no time at all: <c>0d</c>.</returns>
    public static bool TryParse(string text, out CalendarSpan span)
    {
        span = default;
        int[] parts = new int[Units.Length];
        int at = 0, last = -1;
        while (at < text.Length)
        {
            int digits = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            int unit = digits > 0 ? Units.IndexOf(text[at + digits], StringComparison.Ordinal) : -1;
            if (unit <= last
                || !int.TryParse(
                    text.AsSpan(at, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || count > Most)
            {
                return false;
            }

            parts[unit] = count;
            last = unit;
            at += digits + 1;
        }

        span = new CalendarSpan(parts[0], parts[1], (7 * parts[2]) + parts[3], parts[4]);
        return span != default;
    }

    /// <summary>The point in time that lies so far before another; the first of all where the calendar ends.</summary>
    /// <remarks>Where a month lacks the day, its last is taken: a month before 31 March is 28 or 29 February.</remarks>
    public DateTimeOffset Before(DateTimeOffset time)
    {
        DateTime utc = time.UtcDateTime;
        long months = (12L * Years) + Months;
        if (months >= ((utc.Year - 1) * 12L) + utc.Month)
        {
            return DateTimeOffset.MinValue;
        }

        utc = utc.AddMonths((int)-months);
        TimeSpan rest = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours);
        return rest > utc - DateTime.MinValue ? DateTimeOffset.MinValue : new DateTimeOffset(utc - rest, TimeSpan.Zero);
    }

    /// <summary>As it is read: <c>1y6m</c>, <c>7d</c>, <c>36h</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((int count, char unit) in ((int, char)[])[(Years, 'y'), (Months, 'm'), (Days, 'd'), (Hours, 'h')])
        {
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            }
        }

        return text.ToString();
    }
}
