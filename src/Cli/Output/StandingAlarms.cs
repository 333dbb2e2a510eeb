using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>
/// Alarms of snapshots before the newest that nobody has said to have looked at: what they pinned is pinned still.
/// </summary>
internal static class StandingAlarms
{
    /// <summary>Those there are, the oldest first, each with its snapshot and with what it pinned.</summary>
    /// <param name="newest">Whose own alarms are told of elsewhere.</param>
    /// <param name="all">The snapshots that there are.</param>
    /// <param name="pins">Those that never go.</param>
    public static IEnumerable<(Snapshot Of, SnapshotAlarm Alarm, Snapshot Before)> Among(
        Snapshot? newest, IReadOnlyList<Snapshot> all, IReadOnlyDictionary<SnapshotId, SnapshotPin> pins) =>
        from snapshot in all
        where snapshot.Id != newest?.Id
        from alarm in snapshot.Record.Alarms
        let before = all.FirstOrDefault(other => other.Id.ToString() == alarm.Parent)
        where before is not null && pins.ContainsKey(before.Id)
        orderby snapshot.Record.Time
        select (snapshot, alarm, before);

    /// <summary>
    /// <c>v1.4: local/site lost 200 of 201 entries since v1.3; 'jstore unpin v1.3' when that was meant</c>.
    /// </summary>
    public static string Text((Snapshot Of, SnapshotAlarm Alarm, Snapshot Before) standing)
    {
        string before = EntryText.Printable(standing.Before.Record.Name);
        string what = $"{standing.Of.Record.Name}: {standing.Alarm.Root} {AlarmText.What(standing.Alarm)}";
        return $"{EntryText.Printable(what)} since {before}; 'jstore unpin {before}' when that was meant";
    }
}
