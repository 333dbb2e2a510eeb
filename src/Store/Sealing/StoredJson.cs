using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace JadaStore.Store.Sealing;

/// <summary>JSON that comes back from a repository, and so may be anything.</summary>
internal static class StoredJson
{
    /// <summary>The version that this program writes, and the only one it reads; of each of the documents.</summary>
    public const int Version = 1;

    /// <summary>Reads one document.</summary>
    /// <param name="json">All of it, and nothing else.</param>
    /// <param name="type">Its shape; members that it lacks are passed over.</param>
    /// <param name="versionMember">The member that holds the version; it is looked at before the shape is.</param>
    /// <param name="what">What it is, for the message: <c>The repository's config</c>.</param>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.NewerFormat"/>: the version is above <see cref="Version"/>.
    /// <see cref="StoreFault.Corrupt"/>: it is no JSON, not UTF-8, or not of that shape.
    /// </exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string versionMember, string what)
        where T : class
    {
        if (!Utf8.IsValid(json))
        {
            throw Damaged(what, "it is not UTF-8");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            CheckVersion(document.RootElement, versionMember, what);
            return document.Deserialize(type) ?? throw Damaged(what, "it is empty");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: a name or a text that is half of a surrogate pair.
            throw Damaged(what, "its JSON cannot be read", e);
        }
    }

    /// <summary>The exception for what is not as it was written; <paramref name="why"/> ends the sentence.</summary>
    public static StoreException Damaged(string what, string why, Exception? inner = null) =>
        new(
            StoreFault.Corrupt,
            $"{what} is damaged: {why}.",
            "The file changed after it was written. Put it back from a copy of the repository.",
            inner);

    /// <summary>The exception for what a later version of this program wrote.</summary>
    public static StoreException Newer(string what, int version) =>
        new(
            StoreFault.NewerFormat,
            $"{what} has version {version}; this program reads version {Version}.",
            "Use the version of jstore that wrote it, or a later one.");

    private static void CheckVersion(JsonElement root, string member, string what)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty(member, out JsonElement value)
            || value.ValueKind != JsonValueKind.Number
            || !value.TryGetInt32(out int version)
            || version < Version)
        {
            throw Damaged(what, $"it has no valid \"{member}\"");
        }

        if (version > Version)
        {
            throw Newer(what, version);
        }
    }
}
