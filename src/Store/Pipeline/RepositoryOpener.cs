using JadaStore.Store.Backends;
using JadaStore.Store.Catalog;
using JadaStore.Store.Chunking;
using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Parity;
using JadaStore.Store.Requests;
using JadaStore.Store.Sealing;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Makes and opens repositories in folders.</summary>
internal static class RepositoryOpener
{
    /// <summary>Whether there is a repository at that place, and be it that its config is left in copy only.</summary>
    public static bool Exists(string location) =>
        File.Exists(Path.Combine(location, ConfigFiles.Name))
            || File.Exists(Path.Combine(location, SecondCopy.Of(ConfigFiles.Name)));

    /// <summary>Makes a repository: key first, config last, so that one cut short is no repository yet.</summary>
    public static Task<Repository> CreateAsync(string location, CreateOptions options, CancellationToken cancellationToken) =>
        CreateAsync(location, options, Surroundings.OfThisMachine, cancellationToken);

    /// <summary>As the other, in surroundings of one's own.</summary>
    public static async Task<Repository> CreateAsync(
        string location, CreateOptions options, Surroundings around, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(location);
        using var backend = new FolderBackend(folder, around.Disk);
        if (await ConfigFiles.AreThereAsync(backend, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(
                StoreFault.RepositoryExists, $"There is a repository in {folder} already.",
                "Use it, or choose another folder.");
        }

        if (options.Password is "")
        {
            throw new ArgumentException("A password is not empty.", nameof(options));
        }

        // What an init that was cut short left behind is ours to use.
        if (backend.NamesAtTop().Any(name => name is not ("keys" or "copies" or "tmp")))
        {
            throw new StoreException(
                StoreFault.Refused, $"The folder {folder} holds something else.",
                "Choose an empty folder, or one that is not there yet.");
        }

        IReadOnlyList<string> left =
            await SecondCopy.ListAsync(backend, Keyring.Folder, cancellationToken).ConfigureAwait(false);
        using MasterKey master = MasterKey.New();
        DateTimeOffset now = around.Time.GetUtcNow();
        var config = new RepositoryConfig(RepositoryId.New(), now, new CutterOptions(), options.Parity);
        KeySlot slot = options.Password is { } password
            ? KeySlot.CreateWithPassword(master, config.RepositoryId, password, options.Label, around.KeyCost, now)
            : KeySlot.CreateOpen(master, options.Label, now);
        await Keyring.WriteAsync(backend, slot, cancellationToken).ConfigureAwait(false);
        byte[] bytes = config.Encode(master);
        if (!await backend.TryCreateAsync(ConfigFiles.Name, bytes, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(
                StoreFault.RepositoryExists, $"There is a repository in {folder} already.",
                "Another process made it just now.");
        }

        await backend.ReplaceAsync(SecondCopy.Of(ConfigFiles.Name), bytes, cancellationToken).ConfigureAwait(false);

        // Their config was never written, so no other key that lay there before is good for anything.
        foreach (string key in left)
        {
            await SecondCopy.DeleteBothAsync(backend, key, cancellationToken).ConfigureAwait(false);
        }

        return await OpenAsync(
            folder, new OpenOptions { Password = () => options.Password }, around,
            cancellationToken).ConfigureAwait(false);
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
            ConfigFiles configs = await ConfigFiles.ReadAsync(backend, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<KeyFile> keys =
                await KeyFile.ReadAllAsync(backend, Keyring.Folder, cancellationToken).ConfigureAwait(false);
            Unlocked unlocked = new Unlocking(backend.Place, configs.Readable, keys).Unlock(options.Password);
            return Assemble(folder, around.Between(backend), unlocked, configs.WarningsFor(unlocked), options, around);
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    private static Repository Assemble(
        string folder, IBackend backend, Unlocked unlocked, IReadOnlyList<string> warnings, OpenOptions options,
        Surroundings around)
    {
        (RepositoryConfig config, MasterKey key, KeyFile opened) = unlocked;
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
            OpenedWith = opened,
            Locks = locks,
            Index = index,
            Condemned = condemned,
            Lost = new LostChunks(backend, key),
            Records = new SnapshotRecords(backend, key, index, locks),
            Forgotten = new ForgottenSnapshots(backend, key),
            Pins = new Pins(backend, key),
            Packs = packs,
            Parity = new PackParity(backend),
            FromCopies = warnings,
            Pages = pages,
            Trees = new TreeReader(pages),
            Copier = new ContentCopier(key, index, packs, pages),
            Time = around.Time,
        };
        var keys = new Keyring(backend, key, config.RepositoryId, around.KeyCost, around.Time)
        {
            Current = opened.Slot,
        };
        return new Repository(folder, parts, keys);
    }
}
