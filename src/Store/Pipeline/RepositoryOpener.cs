using JadaStore.Store.Backends;
using JadaStore.Store.Catalog;
using JadaStore.Store.Chunking;
using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Requests;
using JadaStore.Store.Sealing;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Makes and opens repositories in folders.</summary>
internal static class RepositoryOpener
{
    private const string ConfigName = "config";
    private const int MaxConfig = 64 * 1024;

    /// <summary>Whether there is a repository at that place.</summary>
    public static bool Exists(string location) => File.Exists(Path.Combine(location, ConfigName));

    /// <summary>Makes a repository: key first, config last, so that one cut short is no repository yet.</summary>
    public static Task<Repository> CreateAsync(string location, CreateOptions options, CancellationToken cancellationToken) =>
        CreateAsync(location, options, Surroundings.OfThisMachine, cancellationToken);

    /// <summary>As the other, in surroundings of one's own.</summary>
    public static async Task<Repository> CreateAsync(
        string location, CreateOptions options, Surroundings around, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(location);
        using var backend = new FolderBackend(folder, around.Disk);
        if (await backend.TryGetLengthAsync(ConfigName, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw new StoreException(StoreFault.RepositoryExists, $"There is a repository in {folder} already.", "Use it, or choose another folder.");
        }

        if (options.Password is "")
        {
            throw new ArgumentException("A password is not empty.", nameof(options));
        }

        // What an init that was cut short left behind is ours to use.
        if (backend.NamesAtTop().Any(name => name is not ("keys" or "tmp")))
        {
            throw new StoreException(StoreFault.Refused, $"The folder {folder} holds something else.", "Choose an empty folder, or one that is not there yet.");
        }

        IReadOnlyList<BackendObject> left = await backend.ListAsync(Keyring.Folder, cancellationToken).ConfigureAwait(false);
        using MasterKey master = MasterKey.New();
        DateTimeOffset now = around.Time.GetUtcNow();
        var config = new RepositoryConfig(RepositoryId.New(), now, new CutterOptions());
        KeySlot slot = options.Password is { } password
            ? KeySlot.CreateWithPassword(master, config.RepositoryId, password, options.Label, around.KeyCost, now)
            : KeySlot.CreateOpen(master, options.Label, now);
        await Keyring.WriteAsync(backend, slot, cancellationToken).ConfigureAwait(false);
        if (!await backend.TryCreateAsync(ConfigName, config.Encode(master), cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(StoreFault.RepositoryExists, $"There is a repository in {folder} already.", "Another process made it just now.");
        }

        // Their config was never written, so no other key that lay there before is good for anything.
        foreach (BackendObject key in left)
        {
            await backend.DeleteAsync(key.Name, cancellationToken).ConfigureAwait(false);
        }

        return await OpenAsync(folder, new OpenOptions { Password = () => options.Password }, around, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a repository.</summary>
    public static Task<Repository> OpenAsync(string location, OpenOptions options, CancellationToken cancellationToken) =>
        OpenAsync(location, options, Surroundings.OfThisMachine, cancellationToken);

    /// <summary>As the other, in surroundings of one's own.</summary>
    public static async Task<Repository> OpenAsync(
        string location, OpenOptions options, Surroundings around, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(location);
        var backend = new FolderBackend(folder, around.Disk);
        try
        {
            byte[] bytes = await backend.TryReadAllAsync(ConfigName, MaxConfig, cancellationToken).ConfigureAwait(false)
                ?? throw new StoreException(StoreFault.NoRepository, $"There is no repository in {folder}.", "`jstore init` makes one.");
            RepositoryConfig config = RepositoryConfig.Parse(bytes);
            (MasterKey key, KeySlot slot) = await UnlockAsync(backend, config, options, cancellationToken).ConfigureAwait(false);
            return Assemble(folder, around.Between(backend), config, key, slot, options, around);
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    private static Repository Assemble(
        string folder, IBackend backend, RepositoryConfig config, MasterKey key, KeySlot slot, OpenOptions options,
        Surroundings around)
    {
        byte[] id = new byte[RepositoryId.Size];
        config.RepositoryId.CopyTo(id);
        var packs = new PackReader(backend, key);
        Catalog.Catalog OpenCatalog(CatalogOpening how)
        {
            var catalog = Catalog.Catalog.Open(Path.Combine(folder, "catalog.db"), id, how, around.CatalogPatience);
            around.OnCatalog(catalog);
            return catalog;
        }

        var condemned = new CondemnedPacks(backend, key);
        var index = new ChunkIndex(OpenCatalog, backend, packs, condemned, options.Rebuild);
        var pages = new PageStore(key, index, packs);
        var locks = new RepositoryLocks(Path.Combine(folder, "locks"), around.Time, around.LockPatience);
        var parts = new RepositoryParts
        {
            Backend = backend,
            Key = key,
            Config = config,
            Locks = locks,
            Index = index,
            Condemned = condemned,
            Records = new SnapshotRecords(backend, key, index, locks),
            Forgotten = new ForgottenSnapshots(backend, key),
            Pins = new Pins(backend, key),
            Packs = packs,
            Pages = pages,
            Trees = new TreeReader(pages),
            Copier = new ContentCopier(key, index, packs, pages),
            Time = around.Time,
        };
        var keys = new Keyring(backend, key, config.RepositoryId, around.KeyCost, around.Time) { Current = slot };
        return new Repository(folder, parts, keys);
    }

    // An open slot first: a password is asked for only where one is needed. One password is tried on every slot. What
    // an
    // open slot gives may be damaged, or be left from an init that was cut short: the config tells.
    private static async Task<(MasterKey Key, KeySlot Slot)> UnlockAsync(
        FolderBackend backend, RepositoryConfig config, OpenOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeySlot> slots = await Keyring.ReadAsync(backend, cancellationToken).ConfigureAwait(false);
        StoreException? misfit = null;
        foreach (KeySlot slot in slots.Where(slot => slot.IsOpen))
        {
            try
            {
                return (Unlock(slot, "", config)!, slot);
            }
            catch (StoreException e) when (e.Fault is StoreFault.Corrupt)
            {
                misfit = e;
            }
        }

        if (misfit is not null && slots.All(slot => slot.IsOpen))
        {
            throw misfit;
        }

        string password = options.Password() ?? throw new StoreException(
            StoreFault.WrongPassword, $"The repository in {backend.Place} needs a password.",
            "Give it in JSTORE_PASSWORD, with --password-file or --password-command, or at a terminal.");
        foreach (KeySlot slot in slots.Where(slot => !slot.IsOpen))
        {
            if (Unlock(slot, password, config) is { } key)
            {
                return (key, slot);
            }
        }

        throw new StoreException(
            StoreFault.WrongPassword, $"The password does not open the repository in {backend.Place}.", "`jstore key list`, from where it is open, shows what keys there are.");
    }

    // Null: the password is not this slot's. A key that does not fit the config is given to nobody.
    private static MasterKey? Unlock(KeySlot slot, string password, RepositoryConfig config)
    {
        if (!slot.TryUnwrap(password, config.RepositoryId, out MasterKey? key))
        {
            return null;
        }

        try
        {
            config.CheckMac(key);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
