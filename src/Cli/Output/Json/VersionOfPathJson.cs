using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>log --json</c>.</summary>
internal sealed record VersionOfPathJson(
    string Snapshot, DateTime Time, string Path, string Change, long? Size, string? Digest, string? Mtime)
{
    /// <summary>The same, as the repository has it.</summary>
    public static VersionOfPathJson Of(PathVersion version) =>
        new(
            version.Snapshot.Record.Name,
            version.Snapshot.Record.Time.UtcDateTime,
            version.Path.ToString(),
            EntryText.Change(version.Kind),
            version.Entry?.Size,
            version.Entry?.Digest?.ToString(),
            version.Entry?.ModifiedTime?.ToString());
}
