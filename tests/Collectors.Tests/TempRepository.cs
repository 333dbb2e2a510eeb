using System.Text;
using JadaStore.Collectors.Local;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Collectors.Tests.Local;
using JadaStore.Store;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests;

/// <summary>A repository and a folder to restore into, in a place of their own that is gone afterwards.</summary>
internal sealed class TempRepository : IAsyncDisposable
{
    private readonly TempTree _place = new();

    private TempRepository()
    {
    }

    public Repository Store { get; private set; } = null!;

    public string Folder => _place["repository"];

    /// <summary>Where a folder that was captured whole stands once it is restored.</summary>
    public string Restored => Path.Combine(Target, "local/tree");

    public string Target => _place["target"];

    public static async Task<TempRepository> MakeAsync()
    {
        var temp = new TempRepository();
        temp.Store = await Repository.CreateAsync(temp.Folder, new CreateOptions(), default);
        return temp;
    }

    /// <summary>A source whose stamps are all old enough to be believed.</summary>
    public static LocalFolder Source(string folder) =>
        new(folder, "local/tree", new LocalFolderOptions { Time = new ManualClock(DateTimeOffset.MaxValue) });

    public Task<Snapshot> SnapshotAsync(params ICollector[] sources) =>
        Store.SnapshotAsync(new SnapshotRequest { Sources = sources }, null, default);

    public async Task<RestoreReport> RestoreAsync(RestoreRequest request)
    {
        await using var target = new LocalTarget(Target, new LocalTargetOptions());
        return await Store.RestoreAsync(request, target, null, default);
    }

    /// <summary>Makes the target what the source is, and then lets a script loose in it.</summary>
    public void CopyToTarget(string folder, string script)
    {
        Directory.CreateDirectory(Restored);
        TempTree.Run("cp", "-a", "--preserve=all", folder + "/.", Restored);
        ShellScript.Run(Restored, Encoding.UTF8.GetBytes(script));
    }

    /// <summary>All entries below a path, by their paths in the snapshot.</summary>
    public async Task<Dictionary<string, Entry>> EntriesAsync(Snapshot snapshot) =>
        await Store.EntriesAsync(snapshot, "", default).ToDictionaryAsync(
            found => found.Path.ToString(), found => found.Entry!);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _place.Dispose();
    }
}
