using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>Where a chunk not only should lie, but does.</summary>
internal static class SoundPlace
{
    /// <summary>The first place from which the chunk was just read, and was what its id says; null when there is
    /// none.</summary>
    /// <remarks>What the disk cannot read there is not there.</remarks>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>: a place could not be looked at.</exception>
    public static async Task<ChunkLocation?> FindAsync(
        RepositoryParts parts, ChunkId chunk, CancellationToken cancellationToken)
    {
        var places = new List<ChunkLocation>();
        parts.Index.FindAll(chunk, places);
        foreach (ChunkLocation place in places)
        {
            try
            {
                using RawBlock block =
                    await parts.Packs.ReadBlockAsync(place.Block, cancellationToken).ConfigureAwait(false);
                if (place.Offset + (long)place.Length <= block.Raw.Length
                    && parts.Key.ChunkIdOf(Blake3.Hash(block.Raw.Span.Slice(place.Offset, place.Length))) == chunk)
                {
                    return place;
                }
            }
            catch (StoreException e) when (e.IsDamage)
            {
                // Then it is not there.
            }
        }

        return null;
    }
}
