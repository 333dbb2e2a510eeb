using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Repair;

/// <summary>Puts right what can be put right, says what cannot, and notes it; docs/repair.md.</summary>
/// <remarks>
/// Nothing is invented: whatever is put back is proved by a seal, a mac or a hash. Whatever ends it, the next repair
/// goes on; one that finds all whole changes nothing.
/// </remarks>
internal sealed class Repairer(RepositoryParts parts)
{
    /// <summary>Runs one repair.</summary>
    public async Task<RepairReport> RunAsync(
        RepairRequest request, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        var log = new RepairLog(request.DryRun);
        using FolderLock alone = await parts.Locks.PruneAsync("jstore repair", cancellationToken).ConfigureAwait(false);

        // Packs before records: the catalog, which may know a record that is lost, is in step then.
        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        await RepairSmallFilesAsync(request, log, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> snapshots =
            await parts.Records.ListFromFilesAsync(cancellationToken).ConfigureAwait(false);
        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        var packs = new PackCheck(parts, 1, progress) { LeavesOutDamaged = true };
        await packs.RunAsync(cancellationToken).ConfigureAwait(false);

        var damaged = new DamagedPacks(parts, log);
        IReadOnlyList<PackId> hit =
            [.. packs.Damaged, .. await GoneAsync(packs, cancellationToken).ConfigureAwait(false)];
        await damaged.RunAsync(hit, packs.Sound, cancellationToken).ConfigureAwait(false);
        if (damaged.HasMended && !request.DryRun)
        {
            // The record of a snapshot may be wanted again, now that its pages are there. One that somebody took
            // meanwhile is not ours to judge: its packs were not looked at.
            IReadOnlySet<string> back =
                await RepairSmallFilesAsync(request, log, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<Snapshot> now =
                await parts.Records.ListFromFilesAsync(cancellationToken).ConfigureAwait(false);
            snapshots =
            [
                .. snapshots,
                .. now.Where(snapshot => back.Contains($"{SnapshotRecords.Folder}/{snapshot.Id}"))
                    .ExceptBy(snapshots.Select(one => one.Id), one => one.Id),
            ];
        }

        packs.Whole.Add(damaged.Found);
        await new ParityUpkeep(parts, log).RunAsync(
            request.Parity, damaged.Left, cancellationToken).ConfigureAwait(false);

        var losses = new Losses(parts, log);
        IReadOnlyList<DamagedPath> lost =
            await losses.FindAsync(snapshots, packs.Whole, damaged.Pages, cancellationToken).ConfigureAwait(false);
        return new RepairReport { Done = log.Done, Left = log.Left, Lost = lost, Bytes = packs.Bytes };
    }

    // The names of those that were not as they must be.
    private async Task<IReadOnlySet<string>> RepairSmallFilesAsync(
        RepairRequest request, RepairLog log, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>();
        using FolderLock commit =
            await parts.Locks.CommitAsync("jstore repair", cancellationToken).ConfigureAwait(false);
        var files = new SmallFiles(parts);
        foreach (SmallFault fault in await files.FindAsync(parts.Config, cancellationToken).ConfigureAwait(false))
        {
            names.Add(fault.Name);
            await PutRightAsync(fault, log, cancellationToken).ConfigureAwait(false);
        }

        await DeleteNotesAsync(log, cancellationToken).ConfigureAwait(false);
        if (request.Parity is { } share && share != parts.Config.Parity)
        {
            log.AddDone(
                share > 0 ? $"each pack gets {share:0.##%} parity from now on" : "packs get no parity from now on");
            if (!log.IsDryRun)
            {
                parts.Config = parts.Config.WithParity(share);
                foreach (SmallFault old in await files.FindAsync(parts.Config, cancellationToken).ConfigureAwait(false))
                {
                    await PutRightAsync(old, null, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        return names;
    }

    // What a note says can be found out again: packs that were set aside are damaged still, and what is lost is not
    // there.
    private async Task DeleteNotesAsync(RepairLog log, CancellationToken cancellationToken)
    {
        await parts.Condemned.ListAsync(cancellationToken).ConfigureAwait(false);
        await parts.Lost.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (string line in (IEnumerable<string>)[.. parts.Condemned.Problems, .. parts.Lost.Problems])
        {
            log.AddDone($"{line} It says nothing any more: deleted");
        }

        if (!log.IsDryRun)
        {
            await parts.Condemned.DeleteUnreadableAsync(cancellationToken).ConfigureAwait(false);
            await parts.Lost.DeleteUnreadableAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PutRightAsync(SmallFault fault, RepairLog? log, CancellationToken cancellationToken)
    {
        if (fault.Right is null && !fault.IsLeftOver)
        {
            log?.AddLeft(fault.Line);
            return;
        }

        log?.AddDone($"{fault.Line}: {(fault.IsLeftOver ? "deleted" : fault.IsMissingCopy ? "written" : "put back")}");
        if (log?.IsDryRun is true)
        {
            return;
        }

        if (fault.OnlyInCatalog is { } snapshot)
        {
            if (!parts.Index.TryGiveUpRecords([snapshot]))
            {
                log?.AddLeft($"{fault.Line}: it could not be changed; repair again");
            }
        }
        else if (fault.Right is { } right)
        {
            await parts.Backend.ReplaceAsync(fault.Name, right, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await parts.Backend.DeleteAsync(fault.Name, cancellationToken).ConfigureAwait(false);
        }
    }

    // A pack goes after its parity; so where parity is left, the pack was lost.
    private async Task<IEnumerable<PackId>> GoneAsync(PackCheck packs, CancellationToken cancellationToken)
    {
        var known = packs.Sound.Concat(packs.Damaged).ToHashSet();
        IReadOnlyList<PackId> withParity = await parts.Parity.ListAsync(cancellationToken).ConfigureAwait(false);
        return withParity.Where(pack => !known.Contains(pack) && !parts.Index.Condemned.Contains(pack));
    }
}
