using System.Globalization;

namespace JadaStore.Store.Retention;

/// <summary>Which snapshots stay; each rule is asked for itself, and one is enough.</summary>
/// <remarks>0 is no rule; <see cref="All"/> is one without end. Hours, days and so on are those of UTC.</remarks>
public sealed record KeepRules
{
    /// <summary>As many as there are.</summary>
    public const int All = int.MaxValue;

    /// <summary>So many of the newest.</summary>
    public int Last { get; init; }

    /// <summary>The last of each of the last so many hours that have one.</summary>
    public int Hourly { get; init; }

    /// <summary>The last of each of the last so many days that have one.</summary>
    public int Daily { get; init; }

    /// <summary>The last of each of the last so many weeks that have one: ISO weeks, from Monday to Sunday.</summary>
    public int Weekly { get; init; }

    /// <summary>The last of each of the last so many months that have one.</summary>
    public int Monthly { get; init; }

    /// <summary>The last of each of the last so many years that have one.</summary>
    public int Yearly { get; init; }

    /// <summary>All that are at most so much older than the newest; null: no such rule.</summary>
    public CalendarSpan? Within { get; init; }

    /// <summary>All that have one of these tags; <c>a,b</c> asks for both of <c>a</c> and <c>b</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether there is no rule at all.</summary>
    public bool IsEmpty => Calendar.All(rule => rule.Count <= 0) && Within is null && Tags.Count == 0;

    /// <summary>Those that count, each with its name.</summary>
    internal IReadOnlyList<(string Name, int Count, Func<DateTime, long>? Period)> Calendar =>
    [
        ("last", Last, null), ("hourly", Hourly, Periods.Hour), ("daily", Daily, Periods.Day),
        ("weekly", Weekly, Periods.Week), ("monthly", Monthly, Periods.Month), ("yearly", Yearly, Periods.Year),
    ];

    /// <summary><c>keep-daily 7, keep-weekly all, keep-within 1y6m, keep-tag release</c>.</summary>
    public override string ToString() => string.Join(", ",
    [
        .. Calendar.Where(rule => rule.Count > 0).Select(rule => $"keep-{rule.Name} {CountText(rule.Count)}"),
        .. Within is { } span ? (string[])[$"keep-within {span}"] : [],
        .. Tags.Select(tag => $"keep-tag {tag}"),
    ]);

    private static string CountText(int count) => count == All ? "all" : count.ToString(CultureInfo.InvariantCulture);
}
