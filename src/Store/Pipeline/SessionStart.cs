using JadaStore.Store.Locks;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Begins sessions: says what a run builds on, before it looks at any pack.</summary>
internal static class SessionStart
{
    /// <summary>For a run that is going to name what it finds stored.</summary>
    /// <remarks>
    /// <para>What it may need from then on, and who sees to it that this stays:</para>
    /// <para>– what lies in packs that count as stored: none of them is listed in a condemned document that the session
    /// has seen, and no pack is deleted by a document that a running session has not seen;</para>
    /// <para>– what the snapshots hold that there are now: a prune keeps it while the session runs, also when they are
    /// forgotten meanwhile.</para>
    /// <para>All of it is looked at under the commit lock, under which packs are deleted too. Afterwards the caller
    /// brings the index in step.</para>
    /// </remarks>
    /// <param name="parts">The repository.</param>
    /// <param name="purpose">What for: <c>jstore snapshot</c>.</param>
    /// <param name="cancellationToken">Stops the wait for the lock.</param>
    /// <returns>The session, and the snapshots that there are.</returns>
    public static async Task<(Session Session, IReadOnlyList<Snapshot> Snapshots)> BeginAsync(
        RepositoryParts parts, string purpose, CancellationToken cancellationToken)
    {
        using FolderLock commit = await parts.Locks.CommitAsync(purpose, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Condemnation> condemned =
            await parts.Condemned.ListAsync(cancellationToken).ConfigureAwait(false);
        var view = new SessionView(
            [.. condemned.Select(one => one.Id)], [.. snapshots.Select(snapshot => snapshot.Id.ToString())]);
        return (parts.Locks.Begin(purpose, view), snapshots);
    }

    /// <summary>
    /// For a run that reads for long: while it lasts, no pack is deleted and nothing forgotten is given up.
    /// </summary>
    /// <returns>Null where no lock can be made, as on a disk that is only read: then nobody deletes through it
    /// either.</returns>
    public static async Task<Session?> TryBeginReadingAsync(
        RepositoryParts parts, string purpose, CancellationToken cancellationToken)
    {
        try
        {
            using FolderLock commit = await parts.Locks.CommitAsync(purpose, cancellationToken).ConfigureAwait(false);
            return parts.Locks.Begin(purpose, view: null);
        }
        catch (StoreException e) when (e.Fault is StoreFault.Io)
        {
            return null;
        }
    }
}
