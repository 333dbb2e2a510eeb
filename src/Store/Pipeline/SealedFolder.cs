using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JadaStore.Store.Backends;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Small sealed documents in one folder of the repository: what is said about snapshots and packs, which themselves
/// never change.
/// </summary>
/// <remarks>A document is written whole or not at all, and never changed: it is replaced by another of a new
/// name.</remarks>
/// <param name="backend">Where they lie.</param>
/// <param name="key">What they are sealed under.</param>
/// <param name="folder">The folder's name.</param>
/// <param name="kind">What they are.</param>
/// <param name="type">Their shape; has the member <c>version</c>.</param>
/// <param name="nameOf">The name that a document must lie under, so that a renamed one is found out.</param>
internal sealed class SealedFolder<T>(
    IBackend backend, MasterKey key, string folder, RecordKind kind, JsonTypeInfo<T> type, Func<T, string> nameOf)
    where T : class
{
    private const int MaxLength = 256 << 20;

    private IReadOnlyList<string> _unreadable = [];

    /// <summary>What was found unreadable at the last look, a line each.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>All documents that can be read, by name; the others are named in <see cref="Problems"/>.</summary>
    public async Task<IReadOnlyList<T>> ListAsync(CancellationToken cancellationToken)
    {
        var documents = new List<T>();
        var problems = new List<string>();
        var unreadable = new List<string>();
        foreach (BackendObject file in await backend.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                // Null: another process deleted it since.
                if (await TryReadAsync(file.Name[(folder.Length + 1)..], cancellationToken).ConfigureAwait(false) is { } document)
                {
                    documents.Add(document);
                }
            }
            catch (StoreException e) when (e.IsDamage)
            {
                problems.Add($"{file.Name}: {e.Message}");
                unreadable.Add(file.Name[(folder.Length + 1)..]);
            }
        }

        (Problems, _unreadable) = (problems, unreadable);
        return documents;
    }

    /// <summary>Deletes those that were found unreadable at the last look: nobody knows what they say, and until they
    /// are gone they seem to say something.</summary>
    public async Task DeleteUnreadableAsync(CancellationToken cancellationToken)
    {
        foreach (string name in _unreadable)
        {
            await DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One document; null when there is none of that name.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>,
    /// <see cref="StoreFault.NewerFormat"/>.</exception>
    public async Task<T?> TryReadAsync(string name, CancellationToken cancellationToken)
    {
        byte[]? file =
            await backend.TryReadAllAsync($"{folder}/{name}", MaxLength, cancellationToken).ConfigureAwait(false);
        if (file is null)
        {
            return null;
        }

        string what = $"{folder}/{name}";
        T document = StoredJson.Read(SealedRecord.Open(key, file, kind), type, "version", what);
        return nameOf(document) == name ? document : throw StoredJson.Damaged(what, $"it holds {nameOf(document)}");
    }

    /// <summary>Writes a document; when this returns, it is durable.</summary>
    /// <returns>False, and nothing is changed, when there is one of its name.</returns>
    public async Task<bool> TryWriteAsync(T document, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(document, type);
        byte[] file = SealedRecord.Seal(key, json, kind);
        if (!SealedRecord.Open(key, file, kind).AsSpan().SequenceEqual(json))
        {
            throw new StoreException(
                StoreFault.Io, $"A record for {folder} did not come back as it was sealed.",
                "Check this machine's memory.");
        }

        return await backend.TryCreateAsync(
            $"{folder}/{nameOf(document)}", file, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a document; when this returns, it stays deleted.</summary>
    /// <returns>False when there was none.</returns>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        backend.DeleteAsync($"{folder}/{name}", cancellationToken);
}
