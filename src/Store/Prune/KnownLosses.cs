using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Prune;

/// <summary>What a repair noted as lost, and is: a prune need not find it.</summary>
internal static class KnownLosses
{
    /// <summary>Those of the chunks in <c>lost/</c> that can be read nowhere.</summary>
    /// <remarks>The note may be older than what brought a chunk back, so every place that there is is tried.</remarks>
    public static async Task<IReadOnlySet<ChunkId>> ReadAsync(RepositoryParts parts, CancellationToken cancellationToken)
    {
        var lost = new HashSet<ChunkId>();
        foreach (ChunkId chunk in (await parts.Lost.ListAsync(cancellationToken).ConfigureAwait(false)).Keys)
        {
            if (!await CanBeReadAsync(parts, chunk, cancellationToken).ConfigureAwait(false))
            {
                lost.Add(chunk);
            }
        }

        return lost;
    }

    private static async Task<bool> CanBeReadAsync(RepositoryParts parts, ChunkId chunk, CancellationToken cancellationToken)
    {
        foreach (ChunkLocation place in parts.Index.FindAll(chunk))
        {
            try
            {
                using RawBlock block = await parts.Packs.ReadBlockAsync(place.Block, cancellationToken).ConfigureAwait(false);
                if (place.Offset + (long)place.Length <= block.Raw.Length
                    && parts.Key.ChunkIdOf(Blake3.Hash(block.Raw.Span.Slice(place.Offset, place.Length))) == chunk)
                {
                    return true;
                }
            }
            catch (StoreException e) when (e.Fault is StoreFault.Corrupt)
            {
                // Then it is not there.
            }
        }

        return false;
    }
}
