using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>A repository in a folder of its own, gone afterwards.</summary>
internal sealed class TempRepository : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jstore-test-");

    private TempRepository()
    {
    }

    public Repository Store { get; private set; } = null!;

    public string Folder => Path.Combine(_folder.FullName, "repo");

    /// <summary>A folder beside the repository.</summary>
    public string Beside(string name) => Path.Combine(_folder.FullName, name);

    public static async Task<TempRepository> MakeAsync(string? password = null, double parity = 0)
    {
        var temp = new TempRepository();
        temp.Store = await Repository.CreateAsync(
            temp.Folder, new CreateOptions { Password = password, Parity = parity }, default);
        return temp;
    }

    /// <summary>From now on this is <see cref="Store"/>; what was before is disposed of.</summary>
    public void Use(Repository store) => Store = store;

    public async Task ReopenAsync(string? password = null)
    {
        await Store.DisposeAsync();
        Store = await Repository.OpenAsync(Folder, new OpenOptions { Password = () => password }, default);
    }

    /// <summary>Opens it anew in surroundings of the test's own.</summary>
    public async Task ReopenAsync(Surroundings around)
    {
        await Store.DisposeAsync();
        Store = await RepositoryOpener.OpenAsync(Folder, new OpenOptions(), around, default);
    }

    public Task<Snapshot> SnapshotAsync(params ICollector[] sources) =>
        Store.SnapshotAsync(new SnapshotRequest { Sources = sources }, null, default);

    public async Task<byte[]> ReadAsync(Snapshot snapshot, string path)
    {
        var bytes = new MemoryStream();
        await foreach (Found found in Store.EntriesAsync(snapshot, path, default))
        {
            await Store.CopyContentAsync(found.Entry!, bytes, default);
        }

        return bytes.ToArray();
    }

    public async Task<SortedDictionary<EntryPath, Entry>> EntriesAsync(Snapshot snapshot, string path = "")
    {
        var entries = new SortedDictionary<EntryPath, Entry>();
        await foreach (Found found in Store.EntriesAsync(snapshot, path, default))
        {
            entries.Add(found.Path, found.Entry!);
        }

        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
