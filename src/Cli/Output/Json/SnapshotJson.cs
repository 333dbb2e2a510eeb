using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>list --json</c>, and the last line of <c>snapshot --json</c>.</summary>
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
    IReadOnlyList<SourceJson> Sources)
{
    /// <summary>The same, as the repository has it.</summary>
    public static SnapshotJson Of(Snapshot snapshot)
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
            [.. record.Sources.Select(SourceJson.Of)]);
    }
}
