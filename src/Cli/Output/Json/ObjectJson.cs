using System.Text.Json.Nodes;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A line of <c>restore --headers</c>.</summary>
/// <param name="Name">What it is called under the target.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="Mtime">RFC 3339, UTC.</param>
/// <param name="Headers">By name in lower case; text as it is, other bytes as <c>{"base64": …}</c>.</param>
/// <param name="Tags">By key.</param>
internal sealed record ObjectJson(
    string Name, string Key, long Size, string? Mtime, JsonObject Headers, JsonObject Tags)
{
    private const string Header = "header.", Tag = "tag.";

    /// <summary>That of an entry; null where it is no object.</summary>
    public static ObjectJson? Of(EntryPath name, Entry entry)
    {
        JsonObject headers = Family(entry, Header), tags = Family(entry, Tag);
        return headers.Count + tags.Count == 0 ? null
            : new ObjectJson(
                name.ToString(), entry.Path.ToString(), entry.Size, entry.ModifiedTime?.ToString(), headers, tags);
    }

    private static JsonObject Family(Entry entry, string family) => AttributesJson.Of(
    [
        .. entry.Attributes.Where(one => one.Name.StartsWith(family, StringComparison.Ordinal))
            .Select(one => one with { Name = one.Name[family.Length..] }),
    ]);
}
