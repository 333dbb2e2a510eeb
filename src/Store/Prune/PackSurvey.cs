using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Prune;

/// <summary>
/// Looks at every pack before anything is decided: its header, footer and length, and what the catalog says of it.
/// </summary>
internal sealed class PackSurvey(RepositoryParts parts, IProgress<PruneProgress>? progress)
{
    /// <summary>Adds the packs that there are now to a table, but those that are in it.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: a pack that is not condemned cannot be read,
    /// or the catalog says something else of it.</exception>
    public async Task RunAsync(PackTable table, CancellationToken cancellationToken)
    {
        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlySet<PackId> condemned = parts.Index.Condemned;
        int first = table.All.Count == 0 ? 0 : 1 + table.All.Max(pack => pack.Order);
        List<PackId> packs =
            [.. parts.Index.Packs().Where(pack => table.Find(pack) is null && !table.Unreadable.ContainsKey(pack))];
        foreach ((PackId pack, string why) in parts.Index.Unreadable)
        {
            await LeaveAsideAsync(table, pack, condemned, why, cancellationToken).ConfigureAwait(false);
        }

        int done = 0;
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount),
            CancellationToken = cancellationToken,
        };
        var adding = new Lock();
        await Parallel.ForEachAsync(packs.Index(), parallel, async (item, token) =>
        {
            (int order, PackId pack) = item;
            try
            {
                PackLife life = await ReadAsync(pack, first + order, condemned, token).ConfigureAwait(false);
                lock (adding)
                {
                    table.Add(life);
                }
            }
            catch (StoreException e) when (e.IsDamage && condemned.Contains(pack))
            {
                lock (adding)
                {
                    table.Unreadable[pack] = parts.Index.Present.GetValueOrDefault(pack);
                }
            }

            progress?.Report(new PruneProgress(PruneStage.Survey, Interlocked.Increment(ref done), packs.Count));
        }).ConfigureAwait(false);
    }

    // Bytes that cannot be read may be all that is left of something: only what was condemned before may be passed
    // over.
    private async ValueTask LeaveAsideAsync(
        PackTable table, PackId pack, IReadOnlySet<PackId> condemned, string why, CancellationToken cancellationToken)
    {
        table.Unreadable[pack] = condemned.Contains(pack)
            ? await parts.Backend.TryGetLengthAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false) ?? 0
            : throw new StoreException(StoreFault.Corrupt, $"Pack {pack}: {why}");
    }

    private async ValueTask<PackLife> ReadAsync(
        PackId pack, int order, IReadOnlySet<PackId> condemned, CancellationToken cancellationToken)
    {
        PackFooter footer = await parts.Packs.ReadFooterAsync(pack, cancellationToken).ConfigureAwait(false);
        if (!footer.SaysTheSameAs(new PackFooter(pack, footer.Purpose, parts.Index.Blocks(pack))))
        {
            throw new StoreException(
                StoreFault.Corrupt, $"The catalog says something else of pack {pack} than its footer.",
                "`jstore catalog rebuild` mends that.");
        }

        long length =
            await parts.Backend.TryGetLengthAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false) ?? 0;
        return new PackLife(footer, length, order, condemned.Contains(pack));
    }
}
