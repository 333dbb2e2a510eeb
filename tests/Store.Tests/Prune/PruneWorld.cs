using JadaStore.Store.Backends;
using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Tests.Backends;
using JadaStore.Store.Tests.Packs;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Prune;

/// <summary>
/// A repository whose packs and records are in memory, opened as often as one likes, with a model of what must be in
/// it.
/// </summary>
/// <remarks>
/// Catalog and locks are real files; a copy of the world has none yet, as after a move to another machine.
/// </remarks>
internal sealed class PruneWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jstore-prune-");
    private readonly List<Repository> _opened = [];

    private PruneWorld()
    {
    }

    public MemoryBackend Memory { get; } = new();

    public TestClock Clock { get; private init; } = new();

    /// <summary>Opened first; each other one is like another process.</summary>
    public Repository Store { get; private set; } = null!;

    /// <summary>What stands between <see cref="Store"/> and memory.</summary>
    public HookedBackend Hook { get; private set; } = null!;

    /// <summary>What each snapshot that there is must hold.</summary>
    public Dictionary<SnapshotId, Dictionary<string, byte[]>> Model { get; private init; } = [];

    /// <summary>What a test takes snapshots of, if it wants to share it.</summary>
    public MemorySource Source { get; set; } = new("local/any");

    public string Folder => _folder.FullName;

    private TimeSpan CatalogPatience { get; init; } = Database.Patience;

    public IEnumerable<string> Packs =>
        Memory.Objects.Keys.Where(name => name.StartsWith("packs/", StringComparison.Ordinal));

    public static async Task<PruneWorld> MakeAsync()
    {
        var world = new PruneWorld();
        await (await Repository.CreateAsync(world.Folder, new CreateOptions(), default)).DisposeAsync();
        foreach (string path in Directory.GetFiles(world.Folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(world.Folder, path).Replace('\\', '/');
            if (name.StartsWith("config", StringComparison.Ordinal) || name.StartsWith("keys/", StringComparison.Ordinal)
                || name.StartsWith("copies/", StringComparison.Ordinal))
            {
                world.Memory.Objects[name] = await File.ReadAllBytesAsync(path);
            }
        }

        await world.OpenFirstAsync();
        return world;
    }

    /// <summary>The same in another place, with nothing running.</summary>
    /// <param name="catalogPatience">How long it waits for another that holds its catalog.</param>
    public async Task<PruneWorld> CopyAsync(TimeSpan? catalogPatience = null)
    {
        var copy = new PruneWorld
        {
            Clock = Clock, Model = new(Model), CatalogPatience = catalogPatience ?? Database.Patience,
        };
        File.Copy(Path.Combine(Folder, "config"), Path.Combine(copy.Folder, "config"));
        CopyKeys(copy.Folder);
        foreach ((string name, byte[] bytes) in Memory.Objects)
        {
            copy.Memory.Objects[name] = bytes;
        }

        await copy.OpenFirstAsync();
        return copy;
    }

    /// <summary>As from another machine, which has a catalog and locks of its own.</summary>
    public async Task<(Repository Store, HookedBackend Hook)> OpenElsewhereAsync(string folder)
    {
        File.Copy(Path.Combine(Folder, "config"), Path.Combine(folder, "config"));
        CopyKeys(folder);
        return await OpenAsync(folder);
    }

    public Task<(Repository Store, HookedBackend Hook)> OpenAsync() => OpenAsync(Folder);

    private async Task<(Repository Store, HookedBackend Hook)> OpenAsync(string folder)
    {
        var hook = new HookedBackend(Memory);
        var around = new Surroundings { Time = Clock, LockPatience = TimeSpan.Zero, CatalogPatience = CatalogPatience, Between = real => Instead(real, hook) };
        Repository store = await RepositoryOpener.OpenAsync(folder, new OpenOptions(), around, default);
        _opened.Add(store);
        return (store, hook);
    }

    public Task<Snapshot> SnapshotAsync(MemorySource source) => SnapshotAsync(Store, source);

    public async Task<Snapshot> SnapshotAsync(Repository store, MemorySource source)
    {
        Snapshot snapshot =
            await store.SnapshotAsync(new SnapshotRequest { Sources = [source], Alarm = null }, null, default);
        Model[snapshot.Id] = source.Paths.ToDictionary(path => $"{source.Root}/{path}", path => source[path].Bytes);
        return snapshot;
    }

    public Task ForgetAsync(Snapshot snapshot) => ForgetAsync(Store, snapshot);

    public async Task ForgetAsync(Repository store, Snapshot snapshot)
    {
        await Forgetting.ForgetAsync(store.Parts, snapshot);
        Model.Remove(snapshot.Id);
    }

    public async Task<PruneReport> PruneAsync(TimeSpan? grace = null, Repository? store = null, bool dryRun = false) =>
        await (store ?? Store).PruneAsync(
            new PruneRequest { Grace = grace ?? TimeSpan.Zero, DryRun = dryRun }, null, default);

    /// <summary>Everything that must be there is there and whole, and nothing else is listed.</summary>
    public async Task CheckAsync(string when)
    {
        (Repository store, _) = await OpenAsync();
        IReadOnlyList<Snapshot> snapshots = await store.ListAsync(default);
        Assert.True(
            Model.Keys.ToHashSet().SetEquals(snapshots.Select(snapshot => snapshot.Id)),
            $"{when}: other snapshots are listed");
        foreach (Snapshot snapshot in snapshots)
        {
            var left = new Dictionary<string, byte[]>(Model[snapshot.Id]);
            await foreach (Found found in store.EntriesAsync(snapshot, "", default))
            {
                var bytes = new MemoryStream();
                await store.CopyContentAsync(found.Entry!, bytes, default);
                Assert.True(
                    left.Remove(found.Path.ToString(), out byte[]? due) && bytes.ToArray().AsSpan().SequenceEqual(due),
                    $"{when}: {snapshot.Record.Name} {found.Path}");
            }

            Assert.True(left.Count == 0, $"{when}: {snapshot.Record.Name} lacks {left.Count}");
        }

        VerifyReport report = await store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default);
        Assert.True(report.Ok, $"{when}: {string.Join('\n', report.Problems)}");
        Assert.Empty(store.Warnings);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Repository store in _opened)
        {
            await store.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private void CopyKeys(string folder)
    {
        string keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
        foreach (string key in Directory.GetFiles(Path.Combine(Folder, "keys")))
        {
            File.Copy(key, Path.Combine(keys, Path.GetFileName(key)));
        }
    }

    private static IBackend Instead(IBackend real, IBackend hook)
    {
        real.Dispose();
        return hook;
    }

    private async Task OpenFirstAsync() => (Store, Hook) = await OpenAsync();
}
