using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>list --json</c>, and the last line of <c>snapshot --json</c>.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Id">64 hex digits.</param>
/// <param name="Time">When it was begun.</param>
/// <param name="Parent">The id of the one before it; null for the first.</param>
/// <param name="Message">What the user said of it.</param>
/// <param name="Tags">Words to choose it by.</param>
/// <param name="Complete">Whether all of every source was captured.</param>
/// <param name="Entries">How many.</param>
/// <param name="Bytes">Of all files.</param>
/// <param name="AddedBytes">New content, before compression.</param>
/// <param name="StoredBytes">What its packs take.</param>
/// <param name="Alarms">What lost or changed more than it may.</param>
/// <param name="Pinned">Whether it never goes.</param>
/// <param name="PinReason">Why; left out where it is not pinned.</param>
/// <param name="Sources">Its sources.</param>
internal sealed record SnapshotJson(
    string Name,
    string Id,
    DateTime Time,
    string? Parent,
    string Message,
    IReadOnlyList<string> Tags,
    bool Complete,
    long Entries,
    long Bytes,
    long AddedBytes,
    long StoredBytes,
    IReadOnlyList<AlarmJson> Alarms,
    bool Pinned,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PinReason,
    IReadOnlyList<SourceJson> Sources)
{
    /// <summary>The same, as the repository has it.</summary>
    public static SnapshotJson Of(Snapshot snapshot, SnapshotPin? pin = null)
    {
        SnapshotRecord record = snapshot.Record;
        return new SnapshotJson(
            record.Name,
            snapshot.Id.ToString(),
            record.Time.UtcDateTime,
            record.Parent,
            record.Message,
            record.Tags,
            record.Sources.All(source => source.Complete),
            record.Sources.Sum(source => source.Entries),
            record.Sources.Sum(source => source.Bytes),
            record.AddedBytes,
            record.StoredBytes,
            [.. record.Alarms.Select(AlarmJson.From)],
            pin is not null,
            pin?.Reason,
            [.. record.Sources.Select(SourceJson.Of)]);
    }
}
