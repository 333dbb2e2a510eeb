using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Prune;

/// <summary>Counts what a prune does, and says what one would do.</summary>
internal sealed class PruneTally
{
    private readonly HashSet<PackId> _condemned = [];
    private PackTally _revived, _rewritten;
    private long _copied;

    /// <summary>Forgotten snapshots that were given up.</summary>
    public int Expired { get; set; }

    /// <summary>Packs that were deleted.</summary>
    public PackTally Deleted { get; private set; }

    /// <summary>Packs that were written.</summary>
    public PackTally Written { get; set; }

    /// <summary>Packs were condemned and taken back.</summary>
    public void Took(PruneChoice choice)
    {
        foreach (PackLife pack in choice.Revive)
        {
            pack.IsCondemned = false;
            if (!_condemned.Remove(pack.Id))
            {
                _revived = _revived.With(pack.Length);
            }
        }

        foreach (PackLife pack in choice.Condemn)
        {
            pack.IsCondemned = true;
            _condemned.Add(pack.Id);
        }
    }

    /// <summary>Packs are gone.</summary>
    public void Deletes(IReadOnlyList<PackId> packs, PackTable table)
    {
        foreach (PackId pack in packs)
        {
            Deleted = Deleted.With(table.LengthOf(pack));
            _condemned.Remove(pack);
            table.Remove(pack);
        }
    }

    /// <summary>Packs are about to be rewritten.</summary>
    public void Rewrites(IReadOnlyList<PackLife> packs)
    {
        _rewritten = Sum(packs);
        _copied = packs.Sum(pack => pack.LiveBytes);
    }

    /// <summary>What was done.</summary>
    public PruneReport Report(PruneChoice choice, PackDeletion deletion, PackTable table) => new()
    {
        Expired = Expired,
        Deleted = Deleted,
        Condemned = Sum(_condemned, table),
        Waiting = Sum(deletion.Waiting.Except(_condemned), table),
        NextDeletion = deletion.Next,
        Rewritten = _rewritten,
        CopiedBytes = _copied,
        Written = Written,
        Revived = _revived,
        Held = [.. choice.Held, .. deletion.Held],
        Left = Sum(table.All),
    };

    /// <summary>What would be done.</summary>
    public PruneReport Foresee(
        PruneChoice choice, PackDeletion deletion, PackTable table, PruneRoots roots, DateTimeOffset due, bool atOnce)
    {
        Rewrites(choice.Rewrite);
        List<PackLife> going = atOnce ? [.. choice.Condemn.Where(pack => pack.LiveBytes == 0), .. choice.Rewrite] : [];
        RunningSession? holder = roots.Sessions.Count > 0 ? roots.Sessions[0] : null;
        List<PackLife> condemned = [.. choice.Condemn.Concat(choice.Rewrite).Except(holder is null ? going : [])];
        PackTally deleted = Sum(deletion.Ready, table), more = holder is null ? Sum(going) : default;
        IEnumerable<HeldPacks> held =
            holder is not null && going.Count > 0 ? [new HeldPacks(holder.Name, Sum(going))] : [];
        PackTally all = Sum(table.All);
        return new PruneReport
        {
            DryRun = true,
            Expired = roots.Expired.Count,
            Deleted = new PackTally(deleted.Packs + more.Packs, deleted.Bytes + more.Bytes),
            Condemned = Sum(condemned),
            Waiting = Sum(deletion.Waiting, table),
            NextDeletion = deletion.Next ?? (condemned.Count > 0 && !atOnce ? due : null),
            Rewritten = _rewritten,
            CopiedBytes = _copied,
            Revived = Sum(choice.Revive),
            Held = [.. choice.Held, .. deletion.Held, .. held],
            Left = new PackTally(all.Packs - deleted.Packs - more.Packs, all.Bytes - deleted.Bytes - more.Bytes),
        };
    }

    private static PackTally Sum(IEnumerable<PackLife> packs) =>
        packs.Aggregate(default(PackTally), (sum, pack) => sum.With(pack.Length));

    private static PackTally Sum(IEnumerable<PackId> packs, PackTable table) =>
        packs.Aggregate(default(PackTally), (sum, pack) => sum.With(table.LengthOf(pack)));
}
