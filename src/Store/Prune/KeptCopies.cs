using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Prune;

/// <summary>
/// Reads what is kept of chunks that lie in two places, before one of them goes: the one that goes may be there just
/// because the other is damaged.
/// </summary>
internal sealed class KeptCopies(RepositoryParts parts, PackTable table, IProgress<PruneProgress>? progress)
{
    /// <summary>
    /// Checks, of every chunk that is needed and has a copy in a pack that goes, the place that stays.
    /// </summary>
    /// <remarks>What was checked once is not read again. Memory: the few blocks of a window.</remarks>
    /// <param name="going">Packs of which no chunk is needed where it lies there.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Corrupt"/>: what stays is not what its id says.
    /// </exception>
    public async Task ProveAsync(IReadOnlyCollection<PackId> going, CancellationToken cancellationToken)
    {
        await parts.Index.EnsureAsync(cancellationToken).ConfigureAwait(false);
        using var window = new BlockWindow(parts.Packs);
        var places = new List<ChunkLocation>();
        int done = 0;
        foreach (PackId pack in going)
        {
            foreach (PackChunk chunk in (await BlocksAsync(pack, cancellationToken).ConfigureAwait(false)).SelectMany(
                block => block.Chunks))
            {
                parts.Index.FindAll(chunk.Id, places);
                foreach (ChunkLocation place in places)
                {
                    if (place.Block.Pack != pack && table.Find(place.Block.Pack) is { } other && other.IsLive(place)
                        && !other.IsChecked(place))
                    {
                        await CheckAsync(chunk.Id, place, window, cancellationToken).ConfigureAwait(false);
                        other.Check(place);
                    }
                }
            }

            progress?.Report(new PruneProgress(PruneStage.Prove, ++done, going.Count));
        }
    }

    // The pack's own word; of one that cannot be read any more, what the catalog remembers.
    private async ValueTask<IReadOnlyList<PackBlock>> BlocksAsync(PackId pack, CancellationToken cancellationToken) =>
        table.Find(pack) is null
            ? parts.Index.Blocks(pack)
            : (await parts.Packs.ReadFooterAsync(pack, cancellationToken).ConfigureAwait(false)).Blocks;

    private async Task CheckAsync(
        ChunkId id, ChunkLocation place, BlockWindow window, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> block = await window.GetAsync(place.Block, cancellationToken).ConfigureAwait(false);
        if (place.Offset + (long)place.Length > block.Length
            || parts.Key.ChunkIdOf(Blake3.Hash(block.Span.Slice(place.Offset, place.Length))) != id)
        {
            throw ChunkFault.NotWhatItWas(id, place);
        }
    }
}
