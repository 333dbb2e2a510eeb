using System.Text.Json.Serialization;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output.Json;

/// <summary>A file that damage hit, or a range of them.</summary>
internal sealed record DamagedJson(
    string Snapshot,
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Before,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LostSince)
{
    /// <summary>The same, as the repository reports it.</summary>
    public static DamagedJson Of(DamagedPath path) => new(path.Snapshot, path.Path, path.Before, path.LostSince);
}
