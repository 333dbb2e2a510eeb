using System.Text.Json;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Estate;

/// <summary>Reads resources' documents from a repository.</summary>
/// <param name="copyContent">Writes a file's content.</param>
internal sealed class Documents(Func<Entry, Stream, CancellationToken, Task> copyContent)
{
    /// <summary>Larger ones are not compared.</summary>
    public const long MaxSize = 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <summary>
    /// What differs; null where one side is missing, too large, no JSON, or cannot be read: then nothing more can be
    /// said than that it differs.
    /// </summary>
    public async Task<DocumentDifference?> CompareAsync(Change change, CancellationToken cancellationToken)
    {
        if (change.Kind != ChangeKind.Modified
            || await ReadAsync(change.Old, cancellationToken).ConfigureAwait(false) is not { } old
            || await ReadAsync(change.New, cancellationToken).ConfigureAwait(false) is not { } made)
        {
            return null;
        }

        return new DocumentDifference(old, made, MemberDifference.Find(old, made));
    }

    /// <summary>One document; null where there is none that can be read.</summary>
    public async Task<JsonElement?> ReadAsync(Entry? entry, CancellationToken cancellationToken)
    {
        if (entry is not { Kind: EntryKind.File, Digest: not null, Size: > 0 and <= MaxSize })
        {
            return null;
        }

        try
        {
            using var content = new MemoryStream((int)entry.Size);
            await copyContent(entry, content, cancellationToken).ConfigureAwait(false);
            JsonElement document = JsonElement.Parse(content.GetBuffer().AsSpan(0, (int)content.Length), Strict);
            Visit(document);
            return document;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or StoreException { IsDamage: true })
        {
            return null;
        }
    }

    // Names and texts that are no Unicode are noticed only when they are asked for.
    private static void Visit(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Visit(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Visit(item);
                }

                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }
}
