using JadaStore.Store.Retention;

namespace JadaStore.Cli.Commands;

/// <summary>
/// A length of time as it is typed: <c>36h</c>, <c>7d</c>, <c>2w</c>, <c>6m</c> (months), <c>1y6m</c>.
/// </summary>
internal static class Duration
{
    /// <summary>Above 0.</summary>
    /// <exception cref="UsageException">It is no such time.</exception>
    public static CalendarSpan Read(string option, string text) => CalendarSpan.TryParse(text, out CalendarSpan span)
        ? span
        : throw new UsageException($"{option} takes a time such as 36h, 7d, 2w, 6m (months) or 1y6m; got {text}.");
}
