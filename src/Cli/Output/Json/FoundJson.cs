using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>find --json</c>.</summary>
internal sealed record FoundJson(string Snapshot, string Path, string Kind, long Size, string? Mtime, string? Digest)
{
    /// <summary>The same, as the repository has it.</summary>
    public static FoundJson Of(Found found) =>
        new(
            found.Snapshot.Record.Name,
            found.Path.ToString(),
            EntryText.Kind(found.Entry?.Kind ?? EntryKind.Folder),
            found.Entry?.Size ?? 0,
            found.Entry?.ModifiedTime?.ToString(),
            found.Entry?.Digest?.ToString());
}
