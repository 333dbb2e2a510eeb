using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A snapshot in <c>status --json</c>, and how old it is.</summary>
internal sealed record AgedJson(
    string Name, string Id, DateTime Time, long AgeSeconds, bool Complete, IReadOnlyList<AlarmJson> Alarms)
{
    /// <summary>The same, as the repository has it.</summary>
    public static AgedJson? Of(Snapshot? snapshot, DateTimeOffset now) => snapshot is null ? null : new(
        snapshot.Record.Name, snapshot.Id.ToString(), snapshot.Record.Time.UtcDateTime,
        (long)(now - snapshot.Record.Time).TotalSeconds, snapshot.Record.Sources.All(source => source.Complete),
        [.. snapshot.Record.Alarms.Select(AlarmJson.From)]);
}
