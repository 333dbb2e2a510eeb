using System.Buffers.Binary;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Packs;

/// <summary>
/// What is in a pack: every block and every chunk, in order, so that its blocks need not be read to know.
/// </summary>
/// <param name="Pack">The pack.</param>
/// <param name="Purpose">What its chunks are.</param>
/// <param name="Blocks">By number. Of a whole pack all of them, from 0; of a salvaged one those that could be
/// read.</param>
internal sealed record PackFooter(PackId Pack, PackPurpose Purpose, IReadOnlyList<PackBlock> Blocks)
{
    /// <summary>Length of the trailer in bytes: 16.</summary>
    public const int TrailerSize = 16;

    /// <summary>No sealed footer is longer: 256 MiB, some seven million chunks.</summary>
    public const int MaxLength = 256 << 20;

    /// <summary>The bytes of a frame that are not sealed: its length.</summary>
    public const int FramePrefix = 4;

    /// <summary>The shortest and the longest that a frame's length can be.</summary>
    public const int MinSealed = BlockCodec.MinEncodedLength + BlockSealer.Overhead,
        MaxSealed = BlockCodec.MaxEncodedLength + BlockSealer.Overhead;

    private const int SmallestEntry = 3 + SmallestChunk, SmallestChunk = 1 + ChunkId.Size;

    private static ReadOnlySpan<byte> Magic => "JSTOREPE"u8;

    /// <summary>Whether both say the same of the same pack.</summary>
    public bool SaysTheSameAs(PackFooter other) =>
        Pack == other.Pack && Purpose == other.Purpose && HasBlocks(other.Blocks);

    /// <summary>Whether it lists just these blocks, in this order.</summary>
    public bool HasBlocks(IReadOnlyList<PackBlock> blocks) =>
        Blocks.Count == blocks.Count
        && Blocks.Zip(blocks).All(pair =>
            pair.First.Location == pair.Second.Location && pair.First.Chunks.SequenceEqual(pair.Second.Chunks));

    /// <summary>Where the frames end and the footer begins.</summary>
    public long FramesEnd => Blocks.Count == 0
        ? PackHeader.Size
        : Blocks[^1].Location.Offset + FramePrefix + Blocks[^1].Location.SealedLength;

    /// <summary>How many bytes a block adds to an encoded footer.</summary>
    public static int EntryLength(int sealedLength, int rawLength, IReadOnlyList<PackChunk> chunks)
    {
        int length = Varint.LengthOf((ulong)sealedLength) + Varint.LengthOf((ulong)rawLength)
            + Varint.LengthOf((ulong)chunks.Count);
        foreach (PackChunk chunk in chunks)
        {
            length += Varint.LengthOf((ulong)chunk.Length) + ChunkId.Size;
        }

        return length;
    }

    /// <summary>The footer's bytes, before sealing. <see cref="Blocks"/> are those of a whole pack.</summary>
    public byte[] Encode()
    {
        int length = Varint.LengthOf((ulong)Blocks.Count);
        foreach (PackBlock block in Blocks)
        {
            length += EntryLength(block.Location.SealedLength, block.Location.RawLength, block.Chunks);
        }

        byte[] bytes = new byte[length];
        int at = Varint.Write(bytes, (ulong)Blocks.Count);
        foreach (PackBlock block in Blocks)
        {
            at += Varint.Write(bytes.AsSpan(at), (ulong)block.Location.SealedLength);
            at += Varint.Write(bytes.AsSpan(at), (ulong)block.Location.RawLength);
            at += Varint.Write(bytes.AsSpan(at), (ulong)block.Chunks.Count);
            foreach (PackChunk chunk in block.Chunks)
            {
                at += Varint.Write(bytes.AsSpan(at), (ulong)chunk.Length);
                chunk.Id.Value.CopyTo(bytes.AsSpan(at));
                at += ChunkId.Size;
            }
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="Encode"/> wrote; the bytes may be hostile.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: they are no footer.</exception>
    public static PackFooter Decode(PackId pack, PackPurpose purpose, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        int count = ReadNumber(ref rest, pack, 0, rest.Length / SmallestEntry);
        var blocks = new List<PackBlock>(count);
        long offset = PackHeader.Size;
        for (int i = 0; i < count; i++)
        {
            int sealedLength = ReadNumber(ref rest, pack, MinSealed, MaxSealed);
            int rawLength = ReadNumber(ref rest, pack, 1, BlockCodec.MaxRawLength);
            var location = new BlockLocation(pack, purpose, i, offset, sealedLength, rawLength);
            blocks.Add(new PackBlock(location, ReadChunks(ref rest, location)));
            offset += FramePrefix + sealedLength;
        }

        return rest.IsEmpty ? new PackFooter(pack, purpose, blocks) : throw Corrupt(pack);
    }

    /// <summary>The last 16 bytes of a pack.</summary>
    /// <param name="footerLength">Of the sealed footer.</param>
    /// <param name="blockCount">How many blocks the footer lists.</param>
    public static byte[] EncodeTrailer(int footerLength, int blockCount)
    {
        byte[] trailer = new byte[TrailerSize];
        BinaryPrimitives.WriteInt32LittleEndian(trailer, footerLength);
        BinaryPrimitives.WriteInt32LittleEndian(trailer.AsSpan(4), blockCount);
        Magic.CopyTo(trailer.AsSpan(8));
        return trailer;
    }

    /// <summary>Reads a pack's last 16 bytes; they may be hostile.</summary>
    /// <param name="pack">Whose.</param>
    /// <param name="trailer">16 bytes.</param>
    /// <param name="packLength">How long the whole pack is.</param>
    /// <returns>How long the sealed footer before it is, which fits into the pack; and how many blocks it is to
    /// list.</returns>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: they are not the end of a pack.</exception>
    public static (int FooterLength, uint BlockCount) DecodeTrailer(
        PackId pack, ReadOnlySpan<byte> trailer, long packLength)
    {
        uint length = trailer.Length == TrailerSize ? BinaryPrimitives.ReadUInt32LittleEndian(trailer) : 0;
        if (length is <= BlockSealer.Overhead or > MaxLength || length > packLength - PackHeader.Size - TrailerSize
            || !trailer[8..].SequenceEqual(Magic))
        {
            throw Corrupt(pack);
        }

        return ((int)length, BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]));
    }

    /// <summary>What is said of a footer that is none.</summary>
    public static StoreException Corrupt(PackId pack) => new(StoreFault.Corrupt, $"The end of pack {pack} is not what was written.",
        "The file was cut short or damaged after it was written. " + DamageHint.Structure);

    private static PackChunk[] ReadChunks(ref ReadOnlySpan<byte> rest, BlockLocation location)
    {
        int count = ReadNumber(ref rest, location.Pack, 1, Math.Min(location.RawLength, rest.Length / SmallestChunk));
        var chunks = new PackChunk[count];
        int left = location.RawLength;
        for (int i = 0; i < count; i++)
        {
            int length = ReadNumber(ref rest, location.Pack, 1, Math.Min(left, BlockCodec.MaxChunkLength));
            if (rest.Length < ChunkId.Size)
            {
                throw Corrupt(location.Pack);
            }

            chunks[i] = new PackChunk(new ChunkId(rest[..ChunkId.Size]), length);
            rest = rest[ChunkId.Size..];
            left -= length;
        }

        return left == 0 ? chunks : throw Corrupt(location.Pack);
    }

    private static int ReadNumber(ref ReadOnlySpan<byte> rest, PackId pack, int least, int most) =>
        Varint.TryRead(ref rest, out ulong value) && value >= (ulong)least && most >= 0 && value <= (ulong)most
            ? (int)value
            : throw Corrupt(pack);
}
