using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>The key slots of a repository: adds, changes and removes passwords without touching data.</summary>
internal sealed class Keyring(
    IBackend backend, MasterKey master, RepositoryId repositoryId, KdfCost cost, TimeProvider time)
{
    /// <summary>Where the slots lie.</summary>
    public const string Folder = "keys";

    /// <summary>The slot that this session opened the repository with.</summary>
    public required KeySlot Current { get; set; }

    /// <summary>All slots that can be read, oldest first.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: there are slots, and none can be
    /// read.</exception>
    public static async Task<IReadOnlyList<KeySlot>> ReadAsync(IBackend backend, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyFile> files =
            await KeyFile.ReadAllAsync(backend, Folder, cancellationToken).ConfigureAwait(false);
        return [.. files.DistinctBy(file => file.Name).Select(file => file.Slot)
            .OrderBy(slot => slot.Created).ThenBy(slot => slot.Id, StringComparer.Ordinal)];
    }

    /// <summary>Writes a new slot and its second copy; when this returns both are durable.</summary>
    /// <remarks>The copy last, and when a key goes, first: so where there is a copy and no file, the file was
    /// lost.</remarks>
    public static async Task WriteAsync(IBackend backend, KeySlot slot, CancellationToken cancellationToken)
    {
        string name = KeyFile.NameOf(Folder, slot.Id);
        byte[] bytes = slot.Encode();
        if (!await backend.TryCreateAsync(name, bytes, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(StoreFault.Io, $"There is a key {slot.Id} already.", "Try again.");
        }

        await backend.ReplaceAsync(SecondCopy.Of(name), bytes, cancellationToken).ConfigureAwait(false);
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
                await DeleteAsync(open.Id, cancellationToken).ConfigureAwait(false);
                Current = open.Id == Current.Id ? slot : Current;
            }
        }

        // A repository made before there were copies gets them now.
        foreach (KeyFile file in await KeyFile.ReadAllAsync(backend, Folder, cancellationToken).ConfigureAwait(false))
        {
            await SecondCopy.MakeIfMissingAsync(
                backend, file.Name, KeyFile.MaxLength, cancellationToken).ConfigureAwait(false);
        }

        await SecondCopy.MakeIfMissingAsync(
            backend, ConfigFiles.Name, ConfigFiles.MaxLength, cancellationToken).ConfigureAwait(false);
        return Describe(slot);
    }

    /// <summary>Puts a new password in place of the one that this session used.</summary>
    public async Task<KeyInfo> ChangeAsync(string password, CancellationToken cancellationToken)
    {
        KeySlot old = Current;
        KeyInfo added = await AddAsync(password, old.Label, cancellationToken).ConfigureAwait(false);
        if (!old.IsOpen)
        {
            await DeleteAsync(old.Id, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<KeySlot> slots = await ReadAsync(backend, cancellationToken).ConfigureAwait(false);
            Current = slots.First(slot => slot.Id == added.Id);
        }

        return added with { IsCurrent = true };
    }

    /// <summary>Removes a slot, but never the one in use.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeySlot> slots = await ReadAsync(backend, cancellationToken).ConfigureAwait(false);
        List<KeySlot> meant =
            id.Length == 0 ? [] : [.. slots.Where(slot => slot.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
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

        await DeleteAsync(meant[0].Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        await SecondCopy.DeleteBothAsync(backend, KeyFile.NameOf(Folder, id), cancellationToken).ConfigureAwait(false);

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

    private KeyInfo Describe(KeySlot slot) =>
        new(slot.Id, slot.Label, slot.Created, !slot.IsOpen, slot.Id == Current.Id);
}
