using System.Security.Cryptography;

namespace JadaStore.Store.Locks;

/// <summary>The locks of one repository. Each names its holder and dies with it.</summary>
/// <param name="folder">Where the lock files lie; made when needed.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long the commit lock is waited for; two minutes unless given.</param>
internal sealed class RepositoryLocks(string folder, TimeProvider time, TimeSpan? patience = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _sessions = Path.Combine(folder, "sessions");

    /// <summary>
    /// Held while what there is changes: a snapshot is committed, forgotten or brought back, a session begins, packs
    /// are condemned or deleted. Short.
    /// </summary>
    /// <param name="purpose">What for, as whoever waits is told: <c>jstore forget</c>.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Locked"/>: it was not free in time.</exception>
    public Task<FolderLock> CommitAsync(string purpose, CancellationToken cancellationToken) =>
        FolderLock.TakeAsync(
            Path.Combine(folder, "commit"), LockHolder.Me(purpose, time), patience ?? Patience, time, cancellationToken);

    /// <summary>Held by a prune or a repair from its beginning to its end: there is one at a time.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Locked"/>: another runs. Nobody waits for that.
    /// </exception>
    public Task<FolderLock> PruneAsync(string purpose, CancellationToken cancellationToken) =>
        FolderLock.TakeAsync(
            Path.Combine(folder, "prune"), LockHolder.Me(purpose, time), TimeSpan.Zero, time, cancellationToken);

    /// <summary>As the other, for a prune.</summary>
    public Task<FolderLock> PruneAsync(CancellationToken cancellationToken) =>
        PruneAsync("jstore prune", cancellationToken);

    /// <summary>Begins a session. The caller holds the commit lock, and looked at what it tells under it.</summary>
    /// <param name="purpose">What for: <c>jstore snapshot</c>.</param>
    /// <param name="view">What it builds on; null: on anything, so that nothing at all is deleted while it
    /// lasts.</param>
    public Session Begin(string purpose, SessionView? view)
    {
        string path = Path.Combine(_sessions, RandomNumberGenerator.GetHexString(32, lowercase: true));
        LockHolder holder = LockHolder.Me(purpose, time) with { View = view };
        return FolderLock.TryTake(path, holder, FileOptions.DeleteOnClose) is { } held
            ? new Session(path, held)
            : throw new StoreException(
                StoreFault.Locked, $"Another process holds the lock {path}.", "Run the command again.");
    }

    /// <summary>The sessions that live; what dead ones left is removed.</summary>
    /// <remarks>
    /// The caller holds the commit lock: without it a session that is just beginning would seem dead.
    /// </remarks>
    public IReadOnlyList<RunningSession> Sessions()
    {
        var living = new List<RunningSession>();
        foreach (string path in SessionFiles())
        {
            using FolderLock? dead = FolderLock.TryTake(path, holder: null, FileOptions.DeleteOnClose);
            if (dead is null)
            {
                living.Add(new RunningSession(path, HolderFile.TryRead(path)));
            }
            else
            {
                RunningSession.RemoveFilesBeside(path);
            }
        }

        return living;
    }

    private IEnumerable<string> SessionFiles() =>
        Directory.Exists(_sessions)
            ? Directory.GetFiles(_sessions).Where(path => Path.GetExtension(path).Length == 0)
            : [];
}
