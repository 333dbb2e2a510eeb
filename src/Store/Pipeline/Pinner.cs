using JadaStore.Store.Locks;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Pins snapshots and unpins them, while nothing is forgotten.</summary>
internal sealed class Pinner(RepositoryParts parts)
{
    /// <summary>Pins a snapshot that is there.</summary>
    /// <returns>False when it was pinned already.</returns>
    /// <exception cref="StoreException"><see cref="StoreFault.NotFound"/>: it was forgotten meanwhile.</exception>
    public async Task<bool> PinAsync(Snapshot snapshot, string reason, CancellationToken cancellationToken)
    {
        using FolderLock commit = await parts.Locks.CommitAsync("jstore pin", cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> there = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        return there.Any(other => other.Id == snapshot.Id)
            ? await parts.Pins.AddAsync(
                snapshot.Id, parts.Time.GetUtcNow(), reason, cancellationToken).ConfigureAwait(false)
            : throw new StoreException(
                StoreFault.NotFound, $"{snapshot.Record.Name} was forgotten meanwhile.", "`jstore undelete` brings it back.");
    }

    /// <summary>Removes a pin.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> UnpinAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        using FolderLock commit =
            await parts.Locks.CommitAsync("jstore unpin", cancellationToken).ConfigureAwait(false);
        return await parts.Pins.RemoveAsync(snapshot.Id, cancellationToken).ConfigureAwait(false);
    }
}
