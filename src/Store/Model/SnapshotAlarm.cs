namespace JadaStore.Store.Model;

/// <summary>A source that lost, or changed, more than its limit allows.</summary>
/// <param name="Root">The source; where it vanished as a whole, the snapshot does not have it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Count">How many entries are gone, or how many files have another content.</param>
/// <param name="Of">Of how many: all entries, or all files that had been read, of that source in the parent.</param>
/// <param name="Parent">The id of the snapshot that it was compared with, 64 hex digits.</param>
public sealed record SnapshotAlarm(string Root, AlarmKind Kind, long Count, long Of, string Parent);
