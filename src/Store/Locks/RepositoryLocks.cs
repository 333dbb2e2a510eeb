namespace JadaStore.Store.Locks;

/// <summary>The locks of one repository. Each dies with its holder.</summary>
/// <param name="folder">Where the lock files lie; made when needed.</param>
/// <param name="time">The clock.</param>
internal sealed class RepositoryLocks(string folder, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Held while what there is changes: a snapshot is committed, forgotten or brought back, packs are condemned or
    /// deleted. Short.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Locked"/>: it was not free within two
    /// minutes.</exception>
    public Task<FolderLock> CommitAsync(CancellationToken cancellationToken) =>
        FolderLock.TakeAsync(Path.Combine(folder, "commit"), Patience, time, cancellationToken);
}
