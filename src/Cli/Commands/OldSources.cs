using JadaStore.Cli.Output;
using JadaStore.Cli.Sources;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Commands;

/// <summary>Sources that were not taken for too long, while others were.</summary>
internal static class OldSources
{
    private const int Shown = 3;

    /// <summary>How far clocks of two machines may differ; a snapshot of tomorrow would be new for ever.</summary>
    public static TimeSpan Skew { get; } = TimeSpan.FromHours(1);

    /// <summary>A line for each snapshot that is the newest of a source that is watched, and too old for it; and one
    /// for those of which there is none.</summary>
    public static IEnumerable<string> Lines(
        RepositoryStatus status, WatchedSources watched, CalendarSpan maxAge, DateTimeOffset now)
    {
        string[] missing = [.. watched.Missing(status.Sources)];
        if (missing.Length > 0)
        {
            yield return $"{Listed(missing)} of jstore.toml {(missing.Length == 1 ? "is" : "are")} in no snapshot.";
        }

        IEnumerable<IGrouping<Snapshot, SourceAge>> old = watched.Of(status.Sources, maxAge, now)
            .Where(one => one.Newest.Id != status.Newest!.Id)
            .GroupBy(one => one.Newest)
            .OrderBy(group => group.Key.Record.Time);
        foreach (IGrouping<Snapshot, SourceAge> group in old)
        {
            DateTimeOffset time = group.Key.Record.Time;
            string[] names = [.. group.Where(one => !IsToldByRoot(one, status)).Select(one => one.Name)];
            string taken = $"{Listed(names)} {(names.Length == 1 ? "was" : "were")} last taken in {EntryText.Printable(group.Key.Record.Name)}";
            if (names.Length > 0 && time < maxAge.Before(now))
            {
                yield return $"{taken}, {Age.Text(now - time)} ago; --max-age is {maxAge}.";
            }
            else if (names.Length > 0 && time > now + Skew)
            {
                yield return $"{taken}, dated {Age.Text(now - time)}, so its age cannot be told.";
            }
        }
    }

    /// <summary>The sources of a series that its newest snapshot does not have.</summary>
    public static IEnumerable<SourceAge> BehindTheirSeries(RepositoryStatus status, SeriesStatus series) =>
        status.Sources.Where(one => (one.Root == series.Name || one.Root.StartsWith(series.Name + "/", StringComparison.Ordinal))
            && one.Newest.Id != series.Newest.Id && !IsToldByRoot(one, status));

    // A region as old as its source need not be named beside it.
    private static bool IsToldByRoot(SourceAge source, RepositoryStatus status) => source.Region is not null
        && status.Sources.First(one => one.Root == source.Root && one.Region is null).Newest.Id == source.Newest.Id;

    private static string Listed(string[] names)
    {
        string first = EntryText.Printable(string.Join(", ", names.Take(Shown)));
        return names.Length > Shown ? $"{first} and {names.Length - Shown} more" : first;
    }
}
