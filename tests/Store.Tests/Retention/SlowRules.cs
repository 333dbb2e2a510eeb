using JadaStore.Store.Model;
using JadaStore.Store.Retention;

namespace JadaStore.Store.Tests.Retention;

/// <summary>
/// What rules keep, worked out the long way: for each rule all its periods are written down, and of each the last
/// snapshot is looked for.
/// </summary>
internal static class SlowRules
{
    private static readonly DateTime SomeMonday = new(1900, 1, 1);

    /// <summary>What the rules keep of a history of one series, and nothing that stays for other reasons.</summary>
    public static HashSet<Snapshot> Keep(IReadOnlyList<Snapshot> snapshots, KeepRules rules)
    {
        var kept = new HashSet<Snapshot>(ReferenceEqualityComparer.Instance);
        if (snapshots.Count == 0)
        {
            return kept;
        }

        kept.UnionWith(snapshots.OrderByDescending(Time).Take(rules.Last));
        Periods(snapshots, rules.Hourly, time => time.ToString("yyyy-MM-dd HH", null), kept);
        Periods(snapshots, rules.Daily, time => time.ToString("yyyy-MM-dd", null), kept);
        Periods(snapshots, rules.Weekly, time => ((time - SomeMonday).Days / 7).ToString("D9", null), kept);
        Periods(snapshots, rules.Monthly, time => time.ToString("yyyy-MM", null), kept);
        Periods(snapshots, rules.Yearly, time => time.ToString("yyyy", null), kept);
        if (rules.Within is { } span)
        {
            DateTime edge = snapshots.Max(Time);
            edge = edge.AddMonths(-((12 * span.Years) + span.Months)).AddDays(-span.Days).AddHours(-span.Hours);
            kept.UnionWith(snapshots.Where(snapshot => Time(snapshot) >= edge));
        }

        return kept;
    }

    private static void Periods(
        IReadOnlyList<Snapshot> snapshots, int count, Func<DateTime, string> period, HashSet<Snapshot> kept)
    {
        List<string> periods = [.. snapshots.Select(snapshot => period(Time(snapshot))).Distinct().OrderDescending()];
        foreach (string one in periods.Take(count))
        {
            kept.Add(snapshots.Where(snapshot => period(Time(snapshot)) == one).MaxBy(Time)!);
        }

        if (periods.Count < count)
        {
            kept.Add(snapshots.MinBy(Time)!);
        }
    }

    private static DateTime Time(Snapshot snapshot) => snapshot.Record.Time.UtcDateTime;
}
