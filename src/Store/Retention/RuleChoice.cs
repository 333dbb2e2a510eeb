using System.Globalization;
using JadaStore.Store.Model;

namespace JadaStore.Store.Retention;

/// <summary>What rules keep of one series; nothing else is asked.</summary>
internal static class RuleChoice
{
    /// <summary>Each snapshot that a rule keeps, with a phrase for every rule that does.</summary>
    /// <remarks>
    /// As restic has it: a rule that counts goes from the newest to the oldest and keeps whatever is the first of its
    /// period, until it has kept so many. As long as it has not, it keeps the oldest of all too, so that a history
    /// grows to its full length.
    /// </remarks>
    /// <param name="series">Its snapshots, oldest first by time.</param>
    /// <param name="rules">What stays.</param>
    public static IEnumerable<(Snapshot Snapshot, string Reason)> Of(IReadOnlyList<Snapshot> series, KeepRules rules)
    {
        foreach ((string name, int count, Func<DateTime, long>? period) in rules.Calendar)
        {
            long? last = null;
            for (int i = series.Count - 1, kept = 0; i >= 0 && kept < count; i--)
            {
                long here = period?.Invoke(series[i].Record.Time.UtcDateTime) ?? i;
                if (here != last || i == 0)
                {
                    string of = count == KeepRules.All ? "" : $" of {count.ToString(CultureInfo.InvariantCulture)}";
                    string oldest = here == last ? ", the oldest" : "";
                    yield return (series[i], $"{name} {(++kept).ToString(CultureInfo.InvariantCulture)}{of}{oldest}");
                    last = here;
                }
            }
        }

        DateTimeOffset? edge =
            rules.Within is { } span && series.Count > 0 ? span.Before(series[^1].Record.Time) : null;
        foreach (Snapshot snapshot in series)
        {
            if (snapshot.Record.Time >= edge)
            {
                yield return (snapshot, $"within {rules.Within}");
            }

            foreach (string tag in rules.Tags.Where(tag => HasTag(snapshot, tag)))
            {
                yield return (snapshot, $"tag {tag}");
            }
        }
    }

    private static bool HasTag(Snapshot snapshot, string tag) =>
        snapshot.Record.Tags.Contains(tag) || tag.Split(',').All(snapshot.Record.Tags.Contains);
}
