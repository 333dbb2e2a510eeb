using System.Collections.Concurrent;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Repair;

/// <summary>Makes parity that is missing, damaged or of another share; deletes what belongs to no pack.</summary>
internal sealed class ParityUpkeep(RepositoryParts parts, RepairLog log)
{
    /// <summary>Looks at every pack; all that are not condemned are whole, but those that were left.</summary>
    /// <param name="asked">The share that was asked for; null: the one that the repository has.</param>
    /// <param name="left">Damaged packs that were left as they are: they keep the parity that they have.</param>
    /// <param name="cancellationToken">Stops before the next pack.</param>
    public async Task RunAsync(double? asked, IReadOnlySet<PackId> left, CancellationToken cancellationToken)
    {
        double share = asked ?? parts.Config.Parity;
        HashSet<PackId> packs = [.. parts.Index.Packs()];
        packs.ExceptWith(parts.Index.Condemned);
        packs.ExceptWith(left);
        IReadOnlyList<PackId> have = await parts.Parity.ListAsync(cancellationToken).ConfigureAwait(false);
        var unreadable = new ConcurrentBag<PackId>();
        int written = 0, deleted = 0;
        if (share > 0)
        {
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(packs, parallel, async (pack, token) =>
            {
                try
                {
                    if (!await parts.Parity.IsRightAsync(pack, share, token).ConfigureAwait(false))
                    {
                        if (!log.IsDryRun)
                        {
                            await parts.Parity.WriteAsync(pack, share, token).ConfigureAwait(false);
                        }

                        Interlocked.Increment(ref written);
                    }
                }
                catch (StoreException e) when (e.Fault is StoreFault.Unreadable)
                {
                    // It was read as whole a moment ago; what parity it has is right, or of no use.
                    unreadable.Add(pack);
                }
            }).ConfigureAwait(false);
        }

        // Of a pack that was set aside it stays as long as the pack does.
        bool IsNeedless(PackId pack) =>
            !packs.Contains(pack) && !parts.Index.Condemned.Contains(pack) && !left.Contains(pack);
        foreach (PackId pack in have.Where(pack => asked == 0 || IsNeedless(pack)))
        {
            // A snapshot that runs may have written the pack since.
            if (asked != 0 && await parts.Backend.TryGetLengthAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false) is not null)
            {
                continue;
            }

            deleted++;
            if (!log.IsDryRun)
            {
                await parts.Parity.DeleteAsync(pack, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (PackId pack in unreadable)
        {
            log.AddLeft($"pack {pack}: the disk cannot read by now what it read a moment ago; repair again");
        }

        if (written > 0)
        {
            log.AddDone($"parity of {written} packs written");
        }

        if (deleted > 0)
        {
            log.AddDone($"parity of {deleted} packs that are gone or need none deleted");
        }
    }
}
