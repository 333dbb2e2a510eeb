using JadaStore.Store.Backends;
using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Prune;

/// <summary>All that decides what is needed, at one moment.</summary>
internal sealed record PruneRoots
{
    /// <summary>The snapshots that there are.</summary>
    public required IReadOnlyList<Snapshot> Visible { get; init; }

    /// <summary>
    /// Snapshots that were forgotten and are kept all the same: within the time of grace, or because a running session
    /// may carry over what they hold.
    /// </summary>
    public required IReadOnlyList<Snapshot> Kept { get; init; }

    /// <summary>Forgotten snapshots that nothing keeps any more.</summary>
    public required IReadOnlyList<SnapshotId> Expired { get; init; }

    /// <summary>The sessions that run.</summary>
    public required IReadOnlyList<RunningSession> Sessions { get; init; }

    /// <summary>What is condemned.</summary>
    public required IReadOnlyList<Condemnation> Condemned { get; init; }

    /// <summary>Looks at all of it. Only under the commit lock does it stay true for a moment.</summary>
    /// <param name="parts">The repository.</param>
    /// <param name="grace">How long what is forgotten can be brought back.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: there may be a snapshot that cannot be read,
    /// so nobody knows what it needs.</exception>
    public static async Task<PruneRoots> LookAsync(
        RepositoryParts parts, TimeSpan grace, CancellationToken cancellationToken)
    {
        DateTimeOffset now = parts.Time.GetUtcNow();
        IReadOnlyList<RunningSession> sessions = parts.Locks.Sessions();
        IReadOnlyList<Snapshot> visible = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        if (parts.Records.Problems.Count > 0)
        {
            throw new StoreException(StoreFault.Corrupt, parts.Records.Problems[0]);
        }

        IReadOnlyList<ForgottenSnapshot> all = await parts.Forgotten.ListAsync(cancellationToken).ConfigureAwait(false);
        if (parts.Forgotten.Problems.Count > 0)
        {
            throw new StoreException(StoreFault.Corrupt, parts.Forgotten.Problems[0]);
        }

        var there = visible.Select(snapshot => snapshot.Id).ToHashSet();
        await CheckNoneIsLostAsync(parts, there, all, cancellationToken).ConfigureAwait(false);
        var gone = all.Where(one => !there.Contains(one.Snapshot.Id)).ToList();
        bool IsKept(ForgottenSnapshot one) =>
            now - one.Forgotten < grace || sessions.Any(session => session.MayNeed(one.Snapshot.Id.ToString()));
        return new PruneRoots
        {
            Visible = visible,
            Kept = [.. gone.Where(IsKept).Select(one => one.Snapshot)],
            Expired = [.. gone.Where(one => !IsKept(one)).Select(one => one.Snapshot.Id)],
            Sessions = sessions,
            Condemned = await parts.Condemned.ListAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    // A record that somebody deleted by hand must not take its data with it: there is its copy, and the catalog's.
    private static async Task CheckNoneIsLostAsync(
        RepositoryParts parts, HashSet<SnapshotId> visible, IReadOnlyList<ForgottenSnapshot> forgotten, CancellationToken cancellationToken)
    {
        var known = forgotten.Select(one => one.Snapshot.Id).ToHashSet();
        HashSet<SnapshotId> heard = [.. parts.Index.Records().Keys];
        foreach (BackendObject file in await parts.Backend.ListAsync(
            SecondCopy.Of(SnapshotRecords.Folder), cancellationToken).ConfigureAwait(false))
        {
            if (Digest.TryParse(file.Name.AsSpan(file.Name.LastIndexOf('/') + 1), out Digest id))
            {
                heard.Add(new SnapshotId(id));
            }
        }

        foreach (SnapshotId id in heard)
        {
            if (!visible.Contains(id) && !known.Contains(id))
            {
                throw new StoreException(
                    StoreFault.Corrupt, $"The record of snapshot {id} is gone, though nobody has forgotten it.",
                    "`jstore repair` brings it back, or drops what the catalog says of it where nothing else is left.");
            }
        }
    }
}
