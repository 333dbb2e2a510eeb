using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>A series in <c>status --json</c>.</summary>
/// <param name="Name">A folder's root, or the first segment of what is captured together.</param>
/// <param name="Complete">Whether the newest has all of the series; its own word is about all of the snapshot.</param>
/// <param name="Newest">The newest that has any of it.</param>
/// <param name="NewestComplete">The newest that has all of it; null where none has.</param>
internal sealed record SeriesJson(string Name, bool Complete, AgedJson Newest, AgedJson? NewestComplete)
{
    /// <summary>The same, as the repository has it.</summary>
    public static SeriesJson Of(SeriesStatus series, DateTimeOffset now) => new(
        series.Name, series.IsComplete, AgedJson.Of(series.Newest, now)!, AgedJson.Of(series.NewestComplete, now));
}
