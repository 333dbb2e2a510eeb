using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>How a snapshot stands, in a few words.</summary>
internal static class StateText
{
    /// <summary><c>complete</c>; <c>partial: 2 denied, ALARM, pinned</c>.</summary>
    /// <param name="record">The snapshot's.</param>
    /// <param name="isPinned">Whether it never goes.</param>
    public static string Of(SnapshotRecord record, bool isPinned) =>
        CoverageText.State(record.Sources) + (record.Alarms.Count > 0 ? ", ALARM" : "") + (isPinned ? ", pinned" : "");
}
