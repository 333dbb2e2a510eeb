using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A source that lost or changed more than it may.</summary>
internal sealed record AlarmJson(string Root, string Kind, long Count, long Of, string Parent)
{
    /// <summary>The same, as the record has it.</summary>
    public static AlarmJson From(SnapshotAlarm alarm) =>
        new(alarm.Root, AlarmWord.Of(alarm.Kind), alarm.Count, alarm.Of, alarm.Parent);
}
