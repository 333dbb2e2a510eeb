using JadaStore.Store.Model;

namespace JadaStore.Store.Packs;

/// <summary>Where a block lies, and all that is needed to read it in one go.</summary>
/// <param name="Pack">In which pack.</param>
/// <param name="Purpose">That pack's; part of what its frames are sealed with.</param>
/// <param name="Number">The number of its frame in the pack, from 0.</param>
/// <param name="Offset">Where the frame begins in the pack: at its four bytes of length.</param>
/// <param name="SealedLength">Those four bytes: ciphertext and tag.</param>
/// <param name="RawLength">Plain bytes of all its chunks.</param>
internal readonly record struct BlockLocation(
    PackId Pack, PackPurpose Purpose, int Number, long Offset, int SealedLength, int RawLength);
