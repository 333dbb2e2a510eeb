using System.Buffers.Binary;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Packs;

/// <summary>Whether what is about to be written can be read again, as a reader would, and is what was meant.</summary>
internal static class FrameCheck
{
    /// <param name="sealer">The pack's.</param>
    /// <param name="location">Of the frame.</param>
    /// <param name="frame">Its length and sealed bytes, as they go to the disk.</param>
    /// <param name="raw">What it is to hold.</param>
    /// <param name="lengths">The lengths of its chunks.</param>
    public static bool Holds(BlockSealer sealer, BlockLocation location, ReadOnlySpan<byte> frame,
        ReadOnlySpan<byte> raw, ReadOnlySpan<int> lengths)
    {
        using var block = new SecretBuffer(location.SealedLength - BlockSealer.Overhead);
        if (BinaryPrimitives.ReadInt32LittleEndian(frame) != location.SealedLength
            || !sealer.TryOpen((uint)location.Number, frame[PackFooter.FramePrefix..], block.Span))
        {
            return false;
        }

        try
        {
            using RawBlock decoded = BlockCodec.Decode(block.Span);
            bool same = decoded.ChunkCount == lengths.Length && raw.SequenceEqual(decoded.Raw.Span);
            for (int i = 0; same && i < lengths.Length; i++)
            {
                same = decoded.ChunkLength(i) == lengths[i];
            }

            return same;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <param name="sealer">The pack's.</param>
    /// <param name="sealedFooter">As it goes to the disk.</param>
    /// <param name="meant">What it is to say.</param>
    public static bool Holds(BlockSealer sealer, ReadOnlySpan<byte> sealedFooter, PackFooter meant)
    {
        byte[] plain = new byte[sealedFooter.Length - BlockSealer.Overhead];
        try
        {
            return sealer.TryOpen(BlockSealer.FooterNumber, sealedFooter, plain)
                && PackFooter.Decode(meant.Pack, meant.Purpose, plain).SaysTheSameAs(meant);
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>What is said when it does not hold.</summary>
    public static StoreException Failed(string what, PackId pack) => new(StoreFault.Io,
        $"{what} of pack {pack} is not what it must be; found when it was checked before it was written.",
        "This machine's memory may be failing: test it (memtest86+). Nothing wrong was stored; then run the command again.");
}
