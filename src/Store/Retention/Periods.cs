using System.Globalization;

namespace JadaStore.Store.Retention;

/// <summary>Which hour, day, week, month or year a time lies in, as a number that no other one has.</summary>
/// <remarks>All times are UTC: the same rules choose the same snapshots on every machine, and no hour of a day comes
/// twice.</remarks>
internal static class Periods
{
    /// <summary>The hour.</summary>
    public static long Hour(DateTime utc) => utc.Ticks / TimeSpan.TicksPerHour;

    /// <summary>The day.</summary>
    public static long Day(DateTime utc) => utc.Ticks / TimeSpan.TicksPerDay;

    /// <summary>The ISO week, which belongs to the year that has its Thursday.</summary>
    public static long Week(DateTime utc) => (ISOWeek.GetYear(utc) * 100L) + ISOWeek.GetWeekOfYear(utc);

    /// <summary>The month.</summary>
    public static long Month(DateTime utc) => (utc.Year * 12L) + utc.Month;

    /// <summary>The year.</summary>
    public static long Year(DateTime utc) => utc.Year;
}
