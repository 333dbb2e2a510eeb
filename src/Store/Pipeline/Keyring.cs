using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>The key slots of a repository: adds, changes and removes passwords without touching data.</summary>
internal sealed class Keyring(IBackend backend, MasterKey master, RepositoryId repositoryId, KdfCost cost, TimeProvider time)
{
    /// <summary>Where the slots lie.</summary>
    public const string Folder = "keys";

    private const int MaxLength = 64 * 1024;

    /// <summary>The slot that this session opened the repository with.</summary>
    public required KeySlot Current { get; set; }

    /// <summary>All slots that can be read, oldest first.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: there are slots, and none can be
    /// read.</exception>
    public static async Task<IReadOnlyList<KeySlot>> ReadAsync(IBackend backend, CancellationToken cancellationToken)
    {
        var slots = new List<KeySlot>();
        StoreException? damage = null;
        foreach (BackendObject file in await backend.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                byte[]? bytes = await backend.TryReadAllAsync(file.Name, MaxLength, cancellationToken).ConfigureAwait(false);
                if (bytes is not null)
                {
                    slots.Add(Decode(bytes, file.Name));
                }
            }
            catch (StoreException e) when (e.Fault is StoreFault.Corrupt)
            {
                // Another slot may still open the repository.
                damage = e;
            }
        }

        if (slots.Count == 0)
        {
            throw damage ?? new StoreException(
                StoreFault.Corrupt, $"There is no key in {backend.Place}/{Folder}.", "Without a key file nothing can be read: bring one back from a copy.");
        }

        return [.. slots.OrderBy(slot => slot.Created).ThenBy(slot => slot.Id, StringComparer.Ordinal)];
    }

    /// <summary>Writes a new slot; when this returns it is durable.</summary>
    public static async Task WriteAsync(IBackend backend, KeySlot slot, CancellationToken cancellationToken)
    {
        if (!await backend.TryCreateAsync(NameOf(slot.Id), slot.Encode(), cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(StoreFault.Io, $"There is a key {slot.Id} already.", "Try again.");
        }
    }

    /// <summary>All slots, for a person.</summary>
    public async Task<IReadOnlyList<KeyInfo>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(backend, cancellationToken).ConfigureAwait(false)).Select(Describe)];

    /// <summary>Adds a password; where the repository was open to all, it is closed.</summary>
    public async Task<KeyInfo> AddAsync(string password, string label, CancellationToken cancellationToken)
    {
        KeySlot slot = Make(password, label);
        await WriteAsync(backend, slot, cancellationToken).ConfigureAwait(false);

        // Only now that the new one is durable and tried may the open ones go.
        foreach (KeySlot open in await ReadAsync(backend, cancellationToken).ConfigureAwait(false))
        {
            if (open.IsOpen)
            {
                await backend.DeleteAsync(NameOf(open.Id), cancellationToken).ConfigureAwait(false);
                Current = open.Id == Current.Id ? slot : Current;
            }
        }

        return Describe(slot);
    }

    /// <summary>Puts a new password in place of the one that this session used.</summary>
    public async Task<KeyInfo> ChangeAsync(string password, CancellationToken cancellationToken)
    {
        KeySlot old = Current;
        KeyInfo added = await AddAsync(password, old.Label, cancellationToken).ConfigureAwait(false);
        if (!old.IsOpen)
        {
            await backend.DeleteAsync(NameOf(old.Id), cancellationToken).ConfigureAwait(false);
            IReadOnlyList<KeySlot> slots = await ReadAsync(backend, cancellationToken).ConfigureAwait(false);
            Current = slots.First(slot => slot.Id == added.Id);
        }

        return added with { IsCurrent = true };
    }

    /// <summary>Removes a slot, but never the one in use.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeySlot> slots = await ReadAsync(backend, cancellationToken).ConfigureAwait(false);
        List<KeySlot> meant = id.Length == 0 ? [] : [.. slots.Where(slot => slot.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        if (meant.Count != 1)
        {
            throw new StoreException(
                meant.Count == 0 ? StoreFault.NotFound : StoreFault.Ambiguous,
                meant.Count == 0 ? $"There is no key '{id}'." : $"'{id}' begins the ids of {meant.Count} keys.", "`jstore key list` shows them.");
        }

        // Of the key in use, and of it alone, is it known that it opens the repository; so it is the one that stays.
        if (meant[0].Id == Current.Id)
        {
            throw new StoreException(
                StoreFault.Refused, $"Key {meant[0].Id} is the one that the repository was opened with just now.",
                "Open it with another password to remove this one, or use `jstore key change`.");
        }

        await backend.DeleteAsync(NameOf(meant[0].Id), cancellationToken).ConfigureAwait(false);
    }

    // Under another name a slot could be listed and never be removed.
    private static KeySlot Decode(byte[] bytes, string name)
    {
        KeySlot slot = KeySlot.Decode(bytes);
        return NameOf(slot.Id) == name
            ? slot
            : throw new StoreException(StoreFault.Corrupt, $"{name} holds the key {slot.Id}: the file was renamed or changed.");
    }

    private static string NameOf(string id) => $"{Folder}/{id}.json";

    private KeySlot Make(string password, string label)
    {
        KeySlot slot = KeySlot.CreateWithPassword(master, repositoryId, password, label, cost, time.GetUtcNow());

        // A slot that does not open would lock its owner out: try it before it is written.
        if (!KeySlot.Decode(slot.Encode()).TryUnwrap(password, repositoryId, out MasterKey? again))
        {
            throw new StoreException(StoreFault.Io, "The new key did not open again.", "Check this machine's memory.");
        }

        again.Dispose();
        return slot;
    }

    private KeyInfo Describe(KeySlot slot) => new(slot.Id, slot.Label, slot.Created, !slot.IsOpen, slot.Id == Current.Id);
}
