using JadaStore.Store.Backends;
using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Prune;

/// <summary>Forgets snapshots and brings them back, in the order that docs/format.md gives.</summary>
internal static class Forgetting
{
    public static async Task ForgetAsync(RepositoryParts parts, Snapshot snapshot)
    {
        using FolderLock commit = await parts.Locks.CommitAsync(default);
        string name = $"snapshots/{snapshot.Id}";
        byte[] record = (await parts.Backend.TryReadAllAsync(name, int.MaxValue, default))!;
        await Folder(parts).TryWriteAsync(new ForgottenDocument(1, snapshot.Id.ToString(), parts.Time.GetUtcNow(), record), default);
        await SecondCopy.DeleteBothAsync(parts.Backend, name, default);
        parts.Index.RemoveRecord(snapshot.Id);
    }

    /// <summary>False: it is gone, or not all there any more.</summary>
    public static async Task<bool> TryUndeleteAsync(RepositoryParts parts, Snapshot snapshot)
    {
        using FolderLock commit = await parts.Locks.CommitAsync(default);
        if (await Folder(parts).TryReadAsync(snapshot.Id.ToString(), default) is not { } document)
        {
            return false;
        }

        try
        {
            await SnapshotRevival.RunAsync(parts, snapshot, default);
        }
        catch (StoreException e) when (e.Fault is StoreFault.Refused)
        {
            return false;
        }

        await parts.Backend.TryCreateAsync($"snapshots/{snapshot.Id}", document.Record, default);
        await Folder(parts).DeleteAsync(snapshot.Id.ToString(), default);
        return true;
    }

    private static SealedFolder<ForgottenDocument> Folder(RepositoryParts parts) => new(
        parts.Backend, parts.Key, "forgotten", RecordKind.Forgotten, SealingJson.Default.ForgottenDocument, document => document.Snapshot);
}
