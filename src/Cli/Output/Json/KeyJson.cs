using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>key list --json</c>.</summary>
internal sealed record KeyJson(string Id, string Label, DateTime Created, bool HasPassword, bool Current)
{
    /// <summary>The same, as the repository has it.</summary>
    public static KeyJson Of(KeyInfo key) =>
        new(key.Id, key.Label, key.Created.UtcDateTime, key.HasPassword, key.IsCurrent);
}
