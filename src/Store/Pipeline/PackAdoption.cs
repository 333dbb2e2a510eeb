using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>Packs that the catalog does not know → the catalog.</summary>
internal sealed class PackAdoption(
    LiveCatalog catalog, IBackend backend, PackReader packs, IProgress<RebuildProgress>? progress)
{
    // Packs are added many at a time, which is quickest, but not more than fit into some 20 MB of memory.
    private const int AtOnce = 64, ChunksAtOnce = 1 << 18;

    /// <summary>Adds what their footers list.</summary>
    /// <returns>Those whose footers cannot be read, with the reason; and those that were added.</returns>
    public async Task<(Dictionary<PackId, string> Unreadable, HashSet<PackId> Adopted)> RunAsync(
        List<PackId> unknown, CancellationToken cancellationToken)
    {
        var adopted = new HashSet<PackId>();
        var unreadable = new Dictionary<PackId, string>();
        var footers = new List<PackFooter>(AtOnce);
        int done = 0, chunks = 0;

        // What the catalog knows counts as stored: nothing may be known that the next power cut could take away.
        await backend.KeepAsync(unknown.Select(PackName.Of), cancellationToken).ConfigureAwait(false);
        foreach (PackId id in unknown)
        {
            try
            {
                footers.Add(await packs.ReadFooterAsync(id, cancellationToken).ConfigureAwait(false));
                chunks += footers[^1].Blocks.Sum(block => block.Chunks.Count);
                adopted.Add(id);
            }
            catch (StoreException e) when (e.IsDamage || e.Fault is StoreFault.NewerFormat)
            {
                // One bad pack must not hide the others: whoever needs its chunks is told then, and verify names it.
                // One that a prune has deleted since it was listed is not bad.
                if (await backend.TryGetLengthAsync(PackName.Of(id), cancellationToken).ConfigureAwait(false) is not null)
                {
                    unreadable[id] = e.Message;
                }
            }

            if (footers.Count == AtOnce || chunks >= ChunksAtOnce)
            {
                catalog.Tell(current => current.AddPacks(footers));
                footers.Clear();
                chunks = 0;
            }

            progress?.Report(new RebuildProgress(++done, unknown.Count));
        }

        catalog.Tell(current => current.AddPacks(footers));
        return (unreadable, adopted);
    }
}
