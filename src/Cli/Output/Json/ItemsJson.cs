using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>How far a source is in what it counts by.</summary>
internal sealed record ItemsJson(string Unit, long Done, long Total)
{
    /// <summary>The same; null where it counts by entries alone.</summary>
    public static ItemsJson? Of(SourceItems? items) =>
        items is null ? null : new ItemsJson(items.Unit, items.Done, items.Total);
}
