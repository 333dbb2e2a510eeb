using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An alarm of an earlier snapshot: what it pinned is pinned still.</summary>
/// <param name="Snapshot">The name of the snapshot that it is of.</param>
/// <param name="Pinned">The name of the snapshot that it pinned.</param>
/// <param name="Alarm">The alarm.</param>
internal sealed record StandingAlarmJson(string Snapshot, string Pinned, AlarmJson Alarm)
{
    /// <summary>The same, as the records have it.</summary>
    public static StandingAlarmJson Of((Snapshot Of, SnapshotAlarm Alarm, Snapshot Before) standing) =>
        new(standing.Of.Record.Name, standing.Before.Record.Name, AlarmJson.From(standing.Alarm));
}
