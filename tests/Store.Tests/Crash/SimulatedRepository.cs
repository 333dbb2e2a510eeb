using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Sealing;
using JadaStore.Store.Tests.Pipeline;

namespace JadaStore.Store.Tests.Crash;

/// <summary>
/// A repository on a <see cref="SimulatedDisk"/>, and what its snapshots must hold. Only its catalog and its lock lie
/// in a real folder, of the same path.
/// </summary>
internal sealed class SimulatedRepository : IAsyncDisposable
{
    private static readonly string Memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    private readonly Dictionary<SnapshotId, SortedDictionary<string, byte[]>> _contents = [];
    private readonly List<SortedDictionary<string, byte[]>> _begun = [];
    private readonly string _home = Path.Combine(Memory, $"jstore-sim-{Guid.NewGuid():n}");
    private Repository? _store;

    /// <param name="onlySays">See <see cref="SimulatedDisk.OnlySays"/>.</param>
    public SimulatedRepository(Func<DiskOperation, bool>? onlySays = null)
    {
        Directory.CreateDirectory(Folder);
        Disk = new SimulatedDisk(DiskImage.Empty(_home)) { OnlySays = onlySays ?? (_ => false) };
    }

    /// <summary>Two folders deep in what is there at first, so that making it makes more than one.</summary>
    public string Folder => Path.Combine(_home, "deep", "repo");

    public SimulatedDisk Disk { get; private set; }

    public Repository Store => _store ?? throw new InvalidOperationException("It is not open.");

    /// <summary>What each snapshot that was taken holds: path → bytes.</summary>
    public IReadOnlyDictionary<SnapshotId, SortedDictionary<string, byte[]>> Contents => _contents;

    public string CatalogPath => Path.Combine(Folder, "catalog.db");

    /// <summary>See <see cref="Surroundings.OnCatalog"/>.</summary>
    public Action<Store.Catalog.Catalog> OnCatalog { get; set; } = _ => { };

    private Surroundings Around => new()
    {
        Disk = Disk, KeyCost = new KdfCost(KdfCost.MinMemoryKib, 1), CatalogPatience = TimeSpan.Zero,
        OnCatalog = OnCatalog,
    };

    public async Task CreateAsync(string? password = null, double parity = 0)
    {
        await CloseAsync();
        _store = await RepositoryOpener.CreateAsync(
            Folder, new CreateOptions { Password = password, Parity = parity }, Around, default);
        Disk.Returned("init");
    }

    public async Task OpenAsync(string? password = null)
    {
        await CloseAsync();
        _store =
            await RepositoryOpener.OpenAsync(Folder, new OpenOptions { Password = () => password }, Around, default);
    }

    public async Task CloseAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
            _store = null;
        }
    }

    /// <summary>Takes a snapshot and says in the disk's log, with its id, that it is taken.</summary>
    public async Task<Snapshot> SnapshotAsync(MemorySource source)
    {
        var content = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (EntryPath path in source.Paths)
        {
            content[$"{source.Root}/{path}"] = source[path].Whole();
        }

        _begun.Add(content);
        Snapshot snapshot = await Store.SnapshotAsync(new SnapshotRequest { Sources = [source] }, null, default);
        _contents[snapshot.Id] = content;
        Disk.Returned(snapshot.Id.ToString());
        return snapshot;
    }

    /// <summary>Turns the machine off and on: the disk holds that image now, and the catalog is as given.</summary>
    /// <param name="image">What the disk holds.</param>
    /// <param name="catalog">The bytes of the catalog's file; null: there is none.</param>
    /// <param name="onlySays">See <see cref="SimulatedDisk.OnlySays"/>.</param>
    public async Task RebootAsync(DiskImage image, byte[]? catalog, Func<DiskOperation, bool>? onlySays = null)
    {
        await CloseAsync();
        Disk = new SimulatedDisk(image) { OnlySays = onlySays ?? (_ => false) };
        foreach (string file in Directory.GetFiles(Folder, "catalog.db*"))
        {
            File.Delete(file);
        }

        if (catalog is not null)
        {
            await File.WriteAllBytesAsync(CatalogPath, catalog);
        }
    }

    /// <summary>All files of a snapshot, read back and checked.</summary>
    public async Task<SortedDictionary<string, byte[]>> ReadAsync(Snapshot snapshot)
    {
        var content = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (Found found in Store.EntriesAsync(snapshot, "", default))
        {
            var bytes = new MemoryStream();
            await Store.CopyContentAsync(found.Entry!, bytes, default);
            content.Add(found.Path.ToString(), bytes.ToArray());
        }

        return content;
    }

    public Task<VerifyReport> VerifyAsync() => Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default);

    /// <summary>
    /// Holds all that is there against what must be: each snapshot is whole, those named are there, nothing is damaged.
    /// </summary>
    /// <param name="promised">Ids of snapshots.</param>
    /// <param name="why">Said when it does not hold.</param>
    public async Task AssertWholeAsync(IEnumerable<string> promised, string why)
    {
        IReadOnlyList<Snapshot> snapshots = await Store.ListAsync(default);
        Assert.True(Store.Warnings.Count == 0, $"{why}: {string.Join("; ", Store.Warnings)}");
        foreach (string id in promised)
        {
            Assert.True(snapshots.Any(snapshot => snapshot.Id.ToString() == id), $"{why}: {id} is lost");
        }

        foreach (Snapshot snapshot in snapshots)
        {
            // Of one whose taking did not return only this is known, that it is one of those that were begun.
            SortedDictionary<string, byte[]> found = await ReadAsync(snapshot);
            bool isRight = _contents.TryGetValue(snapshot.Id, out SortedDictionary<string, byte[]>? content)
                ? AreEqual(found, content) : _begun.Any(begun => AreEqual(found, begun));
            Assert.True(isRight, $"{why}: {snapshot.Record.Name} does not hold what was there");
        }

        VerifyReport report = await VerifyAsync();
        Assert.True(report.Ok, $"{why}: {string.Join("; ", report.Problems)} {string.Join("; ", report.Damaged)}");
    }

    private static bool AreEqual(SortedDictionary<string, byte[]> left, SortedDictionary<string, byte[]> right) =>
        left.Keys.SequenceEqual(right.Keys) && left.All(file => file.Value.AsSpan().SequenceEqual(right[file.Key]));

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_home, recursive: true);
    }
}
