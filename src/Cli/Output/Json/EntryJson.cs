using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>ls --json</c>.</summary>
/// <param name="Path">Source root first; bytes that are no printable UTF-8 as <c>\xNN</c>.</param>
/// <param name="Kind"><c>file</c>, <c>folder</c>, <c>symlink</c>, …</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Mtime">RFC 3339, UTC, to the nanosecond.</param>
/// <param name="Mode">Permission bits, as a number.</param>
/// <param name="Digest">BLAKE3 of the whole content, in hex.</param>
/// <param name="Attributes">By name; text as it is, other bytes as <c>{"base64": …}</c>.</param>
/// <param name="Target">Where a symbolic link leads; left out for all else.</param>
/// <param name="Problem">Why the entry is not whole; left out when all is well.</param>
internal sealed record EntryJson(
    string Path,
    string Kind,
    long Size,
    string? Mtime,
    uint? Mode,
    string? Digest,
    JsonObject Attributes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Target,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem)
{
    /// <summary>The same, as the repository has it.</summary>
    public static EntryJson Of(Found found)
    {
        Entry? entry = found.Entry;
        return new EntryJson(
            found.Path.ToString(),
            EntryText.Kind(entry?.Kind ?? EntryKind.Folder),
            entry?.Size ?? 0,
            entry?.ModifiedTime?.ToString(),
            entry?.Mode,
            entry?.Digest?.ToString(),
            AttributesJson.Of(entry?.Attributes ?? []),
            entry?.LinkTarget is null ? null : EntryText.Target(entry),
            entry?.Problem);
    }
}
