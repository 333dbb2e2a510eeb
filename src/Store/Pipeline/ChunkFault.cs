using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Pipeline;

/// <summary>What is said of a chunk that is needed and cannot be had.</summary>
internal static class ChunkFault
{
    /// <summary>Nothing says where it lies.</summary>
    public static StoreException InNoPack(ChunkId id) => new(
        StoreFault.Corrupt, $"Chunk {id} is in no pack of the repository.", DamageHint.Structure);

    /// <summary>Its bytes do not fit its id.</summary>
    public static StoreException NotWhatItWas(ChunkId id, ChunkLocation place) => new(
        StoreFault.Corrupt,
        $"Chunk {id}, block {place.Block.Number} of pack {place.Block.Pack}, is not what was written.",
        DamageHint.Data + " `jstore catalog rebuild` helps when only the catalog is wrong.");
}
