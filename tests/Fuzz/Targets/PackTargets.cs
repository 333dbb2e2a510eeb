using System.Buffers.Binary;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;
using K4os.Compression.LZ4;

namespace JadaStore.Fuzz.Targets;

/// <summary>Packs, as files and with their seals broken open.</summary>
internal static class PackTargets
{
    private static readonly PackId Pack = new([.. Enumerable.Range(0x60, 16).Select(i => (byte)i)]);

    /// <summary>Of this room.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("varint", () => [[0], [0x7F], [0x80, 1], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]], Number),
        new("pack-header", () => [PackHeader.Encode(Pack, PackPurpose.Content), PackHeader.Encode(Pack, PackPurpose.Pages)], Header),
        new("pack-footer", Footers, Footer),
        new("pack-trailer", () => [PackFooter.EncodeTrailer(100, 3)], Trailer),
        new("block", Blocks, Block) { MemoryPerByte = 1000, Memory = 16 << 20 },
        new("lz4", () => [.. Raws().Select(Packed)], Lz4) { Memory = 16 << 20 },
        new("pack", () => [WholePack()], WholeFile) { Memory = 16 << 20 },
        new("pack-opened", OpenedPacks, Opened) { Memory = 64 << 20, MaxInput = 1 << 14 },
    ];

    private static void Number(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        byte[] target = new byte[Varint.MaxLength];
        if (Varint.TryRead(ref rest, out ulong value))
        {
            int length = Varint.Write(target, value);
            Promise.Same(
                bytes.AsSpan(0, bytes.Length - rest.Length), target.AsSpan(0, length), "a number has one spelling");
            Promise.Holds(Varint.LengthOf(value) == length, "its length is known before");
        }
        else
        {
            Promise.Holds(rest.Length == bytes.Length, "nothing is taken of what is no number");
        }
    }

    private static void Header(byte[] bytes) => Promise.Stored(() =>
    {
        PackPurpose purpose = PackHeader.Decode(bytes, Pack);
        Promise.Same(bytes, PackHeader.Encode(Pack, purpose), "a header has one spelling");
        return "";
    });

    private static void Footer(byte[] bytes)
    {
        if (Promise.Stored(() => PackFooter.Decode(Pack, PackPurpose.Content, bytes)) is { } footer)
        {
            Promise.Same(bytes, footer.Encode(), "a footer has one spelling");
            Promise.Holds(footer.Blocks.All(block => block.Location.RawLength == block.Chunks.Sum(chunk => (long)chunk.Length)
                && block.Chunks.All(chunk => chunk.Length is > 0 and <= BlockCodec.MaxChunkLength)
                && block.Location is { RawLength: <= BlockCodec.MaxRawLength, SealedLength: <= PackFooter.MaxSealed }),
                "no block or chunk of a footer is larger than it may be");
            Promise.Holds(footer.FramesEnd >= PackHeader.Size, "offsets do not overflow");
        }
    }

    private static void Trailer(byte[] bytes)
    {
        foreach (long length in (long[])[0, 48, 100, 200, 1L << 40, long.MaxValue])
        {
            Promise.Stored(() =>
            {
                (int footer, uint blocks) = PackFooter.DecodeTrailer(Pack, bytes, length);
                Promise.Holds(footer > BlockSealer.Overhead && footer <= length - PackHeader.Size - PackFooter.TrailerSize,
                    "a footer lies in its pack");
                Promise.Same(
                    bytes.AsSpan(0, 4), PackFooter.EncodeTrailer(footer, (int)blocks).AsSpan(0, 4),
                    "it is as long as it says");
                return "";
            });
        }
    }

    private static void Block(byte[] bytes) => Promise.Stored(() =>
    {
        using RawBlock block = BlockCodec.Decode(bytes);
        int[] lengths = [.. Enumerable.Range(0, block.ChunkCount).Select(block.ChunkLength)];
        Promise.Holds(block.Raw.Length is > 0 and <= BlockCodec.MaxRawLength && lengths.Sum() == block.Raw.Length
            && lengths.All(length => length is > 0 and <= BlockCodec.MaxChunkLength), "a block is no larger than it may be");
        byte[] again = new byte[BlockCodec.MaxLengthFor(block.Raw.Length, lengths)];
        int length = BlockCodec.Encode(block.Raw.Span, lengths, Codec.Lz4Fast, again);
        using RawBlock back = BlockCodec.Decode(again.AsSpan(0, length));
        Promise.Same(block.Raw.Span, back.Raw.Span, "a block comes back as it was written");
        return "";
    });

    // A decoder of native speed reads by pointers: against one that cannot reach beyond its arrays.
    private static void Lz4(byte[] bytes)
    {
        byte[] target = new byte[1 << 16];
        Array.Fill(target, (byte)0xA5);
        byte[] guarded = [.. target];
        foreach (int length in (int[])[100, 4096, 65_000])
        {
            int found = LZ4Codec.Decode(bytes, guarded.AsSpan(0, length));
            Promise.Holds(
                guarded.AsSpan(length).IndexOfAnyExcept((byte)0xA5) < 0, "nothing is written behind the target");
            if (found == length && bytes.Length > 0)
            {
                int plain = PlainLz4.Decode(bytes, target.AsSpan(0, length));
                Promise.Holds(plain == length || plain == PlainLz4.OffsetZero, "what is taken is an LZ4 block");
                if (plain == length)
                {
                    Promise.Same(
                        target.AsSpan(0, length), guarded.AsSpan(0, length),
                        "and decodes to what any decoder makes of it");
                }
            }

            Array.Fill(guarded, (byte)0xA5);
        }
    }

    private static void WholeFile(byte[] bytes)
    {
        using var backend = new OnePack(bytes);
        var reader = new PackReader(backend, SealingTargets.Master);
        ReadAll(reader, Promise.Stored(() => Promise.Now(reader.ReadFooterAsync(Pack, default))));
        ReadAll(reader, Promise.Stored(() => Promise.Now(reader.SalvageAsync(Pack, default))));
    }

    // The input is a u16 length and a block, again and again; what is left is the footer. All of it is sealed here, as
    // only who has the key can.
    private static void Opened(byte[] bytes)
    {
        byte[] header = PackHeader.Encode(Pack, PackPurpose.Content);
        using var sealer = new BlockSealer(SealingTargets.Master, Pack, header);
        using var file = new MemoryStream();
        file.Write(header);
        ReadOnlySpan<byte> rest = bytes;
        uint number = 0;
        Span<byte> prefix = stackalloc byte[4];
        while (rest.Length >= 2 && BinaryPrimitives.ReadUInt16LittleEndian(rest) is > 0 and var length
            && length <= rest.Length - 2)
        {
            byte[] frame = new byte[length + BlockSealer.Overhead];
            sealer.Seal(number++, rest.Slice(2, length), frame);
            BinaryPrimitives.WriteInt32LittleEndian(prefix, frame.Length);
            file.Write(prefix);
            file.Write(frame);
            rest = rest[(2 + length)..];
        }

        rest = rest.Length >= 2 ? rest[2..] : rest;
        byte[] footer = new byte[rest.Length + BlockSealer.Overhead];
        sealer.Seal(BlockSealer.FooterNumber, rest, footer);
        file.Write(footer);
        file.Write(PackFooter.EncodeTrailer(footer.Length, (int)number));
        WholeFile(file.ToArray());
    }

    private static void ReadAll(PackReader reader, PackFooter? footer)
    {
        foreach (PackBlock block in footer?.Blocks ?? [])
        {
            Promise.Stored(() =>
            {
                using RawBlock raw = Promise.Now(reader.ReadBlockAsync(block.Location, default));
                Promise.Holds(raw.Raw.Length == block.Location.RawLength, "a block is as long as its place says");
                return "";
            });
        }
    }

    private static IEnumerable<byte[]> Raws() =>
    [
        [1], [.. Enumerable.Range(0, 300).Select(i => (byte)(i * i))],
        [.. Enumerable.Repeat("abcabd"u8.ToArray(), 100).SelectMany(word => word)], new byte[5000],
    ];

    private static byte[] Packed(byte[] raw)
    {
        byte[] target = new byte[LZ4Codec.MaximumOutputSize(raw.Length)];
        return target[..LZ4Codec.Encode(raw, target)];
    }

    private static byte[] Encoded(byte[] raw, Codec codec)
    {
        int[] lengths = raw.Length < 3 ? [raw.Length] : [raw.Length / 3, raw.Length - (raw.Length / 3)];
        byte[] target = new byte[BlockCodec.MaxLengthFor(raw.Length, lengths)];
        return target[..BlockCodec.Encode(raw, lengths, codec, target)];
    }

    private static IEnumerable<byte[]> Blocks() =>
        Raws().SelectMany(
            raw => new[] { Encoded(raw, Codec.Lz4Fast), Encoded(raw, Codec.Stored), Encoded(raw, Codec.Lz4High) });

    private static byte[] FooterOf(params byte[][] raws)
    {
        var blocks = new List<PackBlock>();
        long offset = PackHeader.Size;
        foreach (byte[] raw in raws)
        {
            using RawBlock block = BlockCodec.Decode(Encoded(raw, Codec.Lz4Fast));
            int length = Encoded(raw, Codec.Lz4Fast).Length + BlockSealer.Overhead;
            PackChunk[] chunks = [.. Enumerable.Range(0, block.ChunkCount).Select(i =>
                new PackChunk(
                    SealingTargets.Master.ChunkIdOf(Blake3.Hash(block.Chunk(i).Span)), block.ChunkLength(i)))];
            blocks.Add(new PackBlock(
                new BlockLocation(Pack, PackPurpose.Content, blocks.Count, offset, length, raw.Length), chunks));
            offset += PackFooter.FramePrefix + length;
        }

        return new PackFooter(Pack, PackPurpose.Content, blocks).Encode();
    }

    private static IEnumerable<byte[]> Footers() => [FooterOf(), FooterOf([1]), FooterOf([.. Raws()])];

    private static IEnumerable<byte[]> OpenedPacks()
    {
        byte[][] raws = [.. Raws().Take(2)];
        using var input = new MemoryStream();
        foreach (byte[] raw in raws)
        {
            byte[] block = Encoded(raw, Codec.Lz4Fast);
            input.Write([(byte)block.Length, (byte)(block.Length >> 8)]);
            input.Write(block);
        }

        input.Write([0, 0]);
        input.Write(FooterOf(raws));
        yield return input.ToArray();
    }

    private static byte[] WholePack()
    {
        byte[] header = PackHeader.Encode(Pack, PackPurpose.Content);
        using var sealer = new BlockSealer(SealingTargets.Master, Pack, header);
        byte[] block = Encoded([.. Raws().ElementAt(2)], Codec.Lz4Fast), footer = FooterOf([.. Raws().ElementAt(2)]);
        byte[] frame =
            new byte[4 + block.Length + BlockSealer.Overhead], end = new byte[footer.Length + BlockSealer.Overhead];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - 4);
        sealer.Seal(0, block, frame.AsSpan(4));
        sealer.Seal(BlockSealer.FooterNumber, footer, end);
        return [.. header, .. frame, .. end, .. PackFooter.EncodeTrailer(end.Length, 1)];
    }
}
