namespace JadaStore.Cli.Output;

/// <summary>How long ago something was, as a person reads it.</summary>
internal static class Age
{
    /// <summary>
    /// <c>12 s</c>, <c>7m</c>, <c>3h12m</c>, <c>12d 4h</c>; with <c>ahead</c> where it is yet to come.
    /// </summary>
    public static string Text(TimeSpan age) => age switch
    {
        { Ticks: < 0 } => $"{Text(-age)} ahead",
        { TotalMinutes: < 1 } => FormattableString.Invariant($"{age.Seconds} s"),
        { TotalHours: < 1 } => FormattableString.Invariant($"{age.Minutes}m"),
        { TotalHours: < 48 } => FormattableString.Invariant($"{(int)age.TotalHours}h{age.Minutes:00}m"),
        _ => FormattableString.Invariant($"{age.Days}d {age.Hours}h"),
    };
}
