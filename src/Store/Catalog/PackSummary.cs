using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Catalog;

/// <summary>A pack that the catalog knows, in numbers.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Purpose">What its chunks are.</param>
/// <param name="Blocks">How many blocks.</param>
/// <param name="Chunks">How many chunks; one that lies in two packs counts in both.</param>
/// <param name="RawBytes">Their plain bytes.</param>
/// <param name="SealedBytes">What its blocks take when compressed and sealed; without header, lengths and
/// footer.</param>
internal sealed record PackSummary(
    PackId Id, PackPurpose Purpose, int Blocks, long Chunks, long RawBytes, long SealedBytes)
{
    /// <summary>No whole pack with these blocks is shorter, in bytes; what is, was cut.</summary>
    public long LeastLength =>
        PackHeader.Size + ((long)Blocks * PackFooter.FramePrefix) + SealedBytes + PackFooter.TrailerSize;
}
