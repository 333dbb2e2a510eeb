using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>What a person has to know of alarms.</summary>
internal static class AlarmText
{
    /// <summary>
    /// <c>ALARM: s3/sailjada.com lost 412 of 1,204 entries since v1.3, which is now pinned; 'jstore diff v1.3 v1.4'
    /// shows them</c>: a line for each alarm of a snapshot.
    /// </summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="all">Those that there are.</param>
    /// <param name="pins">Those that never go.</param>
    public static IEnumerable<string> Lines(
        Snapshot snapshot, IReadOnlyList<Snapshot> all, IReadOnlyDictionary<SnapshotId, SnapshotPin> pins)
    {
        string now = EntryText.Printable(snapshot.Record.Name);
        foreach (SnapshotAlarm alarm in snapshot.Record.Alarms)
        {
            string what = EntryText.Printable($"ALARM: {alarm.Root} {What(alarm)}");
            Snapshot? parent = all.FirstOrDefault(other => other.Id.ToString() == alarm.Parent);
            if (parent is null)
            {
                yield return $"{what} since {alarm.Parent[..12]}, which is forgotten; 'jstore undelete' shows what can be brought back";
                continue;
            }

            string before = EntryText.Printable(parent.Record.Name);
            string pinned = pins.ContainsKey(parent.Id) ? "which is now pinned" : "which is not pinned";
            yield return $"{what} since {before}, {pinned}; 'jstore diff {before} {now}' shows them";
        }
    }

    /// <summary><c>lost 412 of 1,204 entries</c>, <c>changed 380 of 412 files</c>.</summary>
    public static string What(SnapshotAlarm alarm) => alarm.Kind switch
    {
        AlarmKind.Lost => $"lost {Size.Count(alarm.Count)} of {Size.Count(alarm.Of, "entry", "entries")}",
        AlarmKind.Changed => $"changed {Size.Count(alarm.Count)} of {Size.Count(alarm.Of, "file", "files")}",
        AlarmKind.Other => "did something that a later version of jstore tells of",
    };
}
