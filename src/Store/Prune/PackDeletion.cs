using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Prune;

/// <summary>
/// What may be deleted at one moment, and the deleting of it. Under the commit lock, with everything marked.
/// </summary>
internal sealed class PackDeletion
{
    // So many packs while others wait for the lock: some tenths of a second.
    private const int AtOnce = 64;

    private readonly RepositoryParts _parts;
    private readonly PackTable _table;
    private readonly PruneRoots _roots;
    private readonly Dictionary<string, PackTally> _held = new(StringComparer.Ordinal);
    private readonly List<PackId> _ready = [], _waiting = [];

    /// <param name="parts">The repository.</param>
    /// <param name="table">Its packs, with everything marked.</param>
    /// <param name="roots">As they are now.</param>
    /// <param name="grace">How long a pack stays once it is condemned.</param>
    public PackDeletion(RepositoryParts parts, PackTable table, PruneRoots roots, TimeSpan grace)
    {
        (_parts, _table, _roots) = (parts, table, roots);
        DateTimeOffset now = parts.Time.GetUtcNow();
        foreach (IGrouping<PackId, Condemnation> pack in roots.Condemned
            .SelectMany(one => one.Packs.Select(pack => (pack, one))).GroupBy(pair => pair.pack, pair => pair.one))
        {
            PackLife? life = table.Find(pack.Key);
            if (life?.VisibleBytes > 0 || (life is null && !table.Unreadable.ContainsKey(pack.Key)))
            {
                // Needed; or it came after the look at all packs, or is gone.
                continue;
            }

            // Of several documents the latest: one that was cut off while it was replaced says too little, never too
            // much.
            DateTimeOffset due = pack.Max(one => one.Time) + grace;
            if (due > now || life?.LiveBytes > 0)
            {
                _waiting.Add(pack.Key);
                Next = due > now && (Next is null || due < Next) ? due : Next;
            }
            else if (roots.Sessions.FirstOrDefault(session => !pack.Any(one => session.HasSeen(one.Id))) is { } holder)
            {
                _held[holder.Name] = _held.GetValueOrDefault(holder.Name).With(table.LengthOf(pack.Key));
            }
            else
            {
                _ready.Add(pack.Key);
            }
        }
    }

    /// <summary>Packs that may go now.</summary>
    public IReadOnlyList<PackId> Ready => _ready;

    /// <summary>Packs that must wait for their time.</summary>
    public IReadOnlyList<PackId> Waiting => _waiting;

    /// <summary>When the first of those may go.</summary>
    public DateTimeOffset? Next { get; }

    /// <summary>Packs whose time has come, but of which something that runs does not know.</summary>
    public IReadOnlyList<HeldPacks> Held => [.. _held.Select(one => new HeldPacks(one.Key, one.Value))];

    /// <summary>
    /// Gives up forgotten snapshots that nothing keeps: before anything of them goes, if that can be.
    /// </summary>
    /// <returns>How many; none where the catalog cannot be changed, as on a full disk: then the next prune does it, and
    /// until then they stand in the list of what was forgotten though they cannot be brought back.</returns>
    public async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        // The copies first, and durably: left alone they would look like a record that was lost.
        if (_roots.Expired.Count == 0 || !_parts.Index.TryGiveUpRecords(_roots.Expired))
        {
            return 0;
        }

        foreach (SnapshotId id in _roots.Expired)
        {
            await _parts.Backend.DeleteAsync(
                SecondCopy.Of($"{SnapshotRecords.Folder}/{id}"), cancellationToken).ConfigureAwait(false);
            await _parts.Forgotten.DeleteAsync(id, cancellationToken).ConfigureAwait(false);
        }

        return _roots.Expired.Count;
    }

    /// <summary>Deletes some of what may go.</summary>
    /// <returns>Which; none when there is nothing left to delete.</returns>
    public async Task<IReadOnlyList<PackId>> DeleteAsync(CancellationToken cancellationToken)
    {
        List<PackId> going = [.. _ready.Take(AtOnce)];

        // First nobody finds them any more, then they go, and last what says that they go: cut off in between, the next
        // prune goes on.
        _parts.Index.Remove(going);
        foreach (PackId pack in going)
        {
            await _parts.Parity.DeletePackAsync(pack, cancellationToken).ConfigureAwait(false);
        }

        var left = _table.All.Select(pack => pack.Id).Concat(_table.Unreadable.Keys).Except(going).ToHashSet();
        foreach (Condemnation one in _roots.Condemned.Where(one => !one.Packs.Overlaps(left)))
        {
            if (!await IsAnyThereAsync(one, going, cancellationToken).ConfigureAwait(false))
            {
                await _parts.Condemned.RemoveAsync(one, cancellationToken).ConfigureAwait(false);
            }
        }

        return going;
    }

    private async Task<bool> IsAnyThereAsync(Condemnation one, List<PackId> gone, CancellationToken cancellationToken)
    {
        foreach (PackId pack in one.Packs.Except(gone))
        {
            if (await _parts.Backend.TryGetLengthAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
