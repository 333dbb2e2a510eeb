using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>status --json</c> prints.</summary>
/// <param name="Ok">Whether there is no problem.</param>
/// <param name="Problems">What is wrong, a line each.</param>
/// <param name="Newest">The newest snapshot; null where there is none.</param>
/// <param name="Snapshots">How many there are.</param>
/// <param name="Pinned">How many of them are pinned.</param>
/// <param name="Forgotten">How many more can be brought back.</param>
/// <param name="StandingAlarms">
/// Alarms of snapshots before the newest, of which what they pinned is pinned still.
/// </param>
/// <param name="Series">Each series.</param>
/// <param name="Sources">Each source, and each region in which it had something.</param>
internal sealed record StatusJson(
    bool Ok,
    IReadOnlyList<string> Problems,
    AgedJson? Newest,
    int Snapshots,
    int Pinned,
    int Forgotten,
    IReadOnlyList<StandingAlarmJson> StandingAlarms,
    IReadOnlyList<SeriesJson> Series,
    IReadOnlyList<SourceAgeJson> Sources)
{
    /// <summary>The same, as the repository has it.</summary>
    public static StatusJson Of(
        RepositoryStatus status, IReadOnlyList<string> problems,
        IEnumerable<(Snapshot Of, SnapshotAlarm Alarm, Snapshot Before)> standing, DateTimeOffset now) => new(
        problems.Count == 0, problems, AgedJson.Of(status.Newest, now), status.Snapshots, status.Pinned,
        status.Forgotten,
        [.. standing.Select(StandingAlarmJson.Of)],
        [.. status.Series.Select(series => SeriesJson.Of(series, now))],
        [.. status.Sources.Select(source => SourceAgeJson.Of(source, now))]);
}
