using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>One side of a change.</summary>
internal sealed record ContentJson(long Size, string? Digest, string? Mtime)
{
    /// <summary>The same; null where the path is not there.</summary>
    public static ContentJson? Of(Entry? entry) =>
        entry is null ? null : new ContentJson(entry.Size, entry.Digest?.ToString(), entry.ModifiedTime?.ToString());
}
