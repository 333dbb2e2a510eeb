using K4os.Compression.LZ4;

namespace JadaStore.Store.Sealing;

/// <summary>Chunks ↔ the bytes of a block, before they are sealed; docs/format.md, "Packs": <c>block</c>.</summary>
internal static class BlockCodec
{
    /// <summary>The most plain bytes a block may hold: 4 MiB.</summary>
    public const int MaxRawLength = 4 << 20;

    /// <summary>The most bytes a chunk may have: 1 MiB.</summary>
    public const int MaxChunkLength = 1 << 20;

    /// <summary>
    /// No encoded block is longer: a payload of at most 4 MiB, and chunk lengths, each no longer than its chunk.
    /// </summary>
    public const int MaxEncodedLength = (2 * MaxRawLength) + 16;

    /// <summary>No encoded block is shorter: codec, two counts, one length, one byte.</summary>
    public const int MinEncodedLength = 5;

    private const string Hint = "The block was damaged, or was not written by jstore. " + DamageHint.Data;

    /// <summary>Room enough for <see cref="Encode"/>, whatever the bytes are.</summary>
    public static int MaxLengthFor(int rawLength, ReadOnlySpan<int> chunkLengths) =>
        HeaderLength(rawLength, chunkLengths) + rawLength;

    /// <summary>Writes a block of <paramref name="raw"/>, compressed if that saves at least a 32nd.</summary>
    /// <remarks>
    /// <para>LZ4's fast mode is its own probe: it strides over what does not match, at some 5 GB/s where there is
    /// nothing
    /// to find (measured on PNG, zip and random bytes), so asking first would cost more than trying. The careful mode
    /// crawls there (30 MB/s), so it is run only on what the fast mode could compress.</para>
    /// <para>Equal input gives equal output.</para>
    /// </remarks>
    /// <param name="raw">1 byte to <see cref="MaxRawLength"/>.</param>
    /// <param name="chunkLengths">Each 1 to <see cref="MaxChunkLength"/>; they sum to the length of
    /// <paramref name="raw"/>.</param>
    /// <param name="preferred">What to try.</param>
    /// <param name="target">At least <see cref="MaxLengthFor"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The lengths are not as said.</exception>
    public static int Encode(ReadOnlySpan<byte> raw, ReadOnlySpan<int> chunkLengths, Codec preferred, Span<byte> target)
    {
        Check(raw.Length, chunkLengths);
        int header = 1;
        header += Varint.Write(target[header..], (ulong)raw.Length);
        header += Varint.Write(target[header..], (ulong)chunkLengths.Length);
        foreach (int length in chunkLengths)
        {
            header += Varint.Write(target[header..], (ulong)length);
        }

        Span<byte> payload = target.Slice(header, raw.Length);
        int most = raw.Length - 1 - (raw.Length / 32);
        int packed = preferred == Codec.Stored ? 0 : Compress(raw, payload, most, LZ4Level.L00_FAST);
        Codec codec = packed > 0 ? Codec.Lz4Fast : Codec.Stored;
        if (codec == Codec.Lz4Fast && preferred == Codec.Lz4High)
        {
            // Almost always smaller than the first try; where it is not even as small as `most`, the first is made
            // again.
            int high = Compress(raw, payload, most, LZ4Level.L05_HC);
            codec = high > 0 ? Codec.Lz4High : Codec.Lz4Fast;
            packed = high > 0 ? high : Compress(raw, payload, most, LZ4Level.L00_FAST);
        }

        if (codec == Codec.Stored)
        {
            raw.CopyTo(payload);
            packed = raw.Length;
        }

        target[0] = (byte)codec;
        return header + packed;
    }

    /// <summary>Reads a block, which may be hostile.</summary>
    /// <returns>The chunks, in rented memory: to be disposed of.</returns>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: it is no block.</exception>
    public static RawBlock Decode(ReadOnlySpan<byte> block)
    {
        if (block.Length is < MinEncodedLength or > MaxEncodedLength || block[0] > (byte)Codec.Lz4High)
        {
            throw Corrupt($"A block of {block.Length} bytes with codec {(block.IsEmpty ? -1 : block[0])}");
        }

        var codec = (Codec)block[0];
        ReadOnlySpan<byte> rest = block[1..];
        if (!Varint.TryRead(ref rest, out ulong rawLength) || rawLength is 0 or > MaxRawLength
            || !Varint.TryRead(ref rest, out ulong count) || count == 0 || count > rawLength || count > (ulong)rest.Length)
        {
            throw Corrupt("A block's header");
        }

        var decoded = new RawBlock((int)rawLength, (int)count) { Codec = codec };
        try
        {
            ReadEdges(ref rest, decoded);
            ReadPayload(codec, rest, decoded.Target);
            return decoded;
        }
        catch
        {
            decoded.Dispose();
            throw;
        }
    }

    private static void ReadEdges(ref ReadOnlySpan<byte> rest, RawBlock decoded)
    {
        int end = 0;
        for (int i = 0; i < decoded.ChunkCount; i++)
        {
            if (!Varint.TryRead(ref rest, out ulong length) || length is 0 or > MaxChunkLength
                || (int)length > decoded.Raw.Length - end)
            {
                throw Corrupt($"The length of chunk {i} in a block");
            }

            end += (int)length;
            decoded.SetEnd(i, end);
        }

        if (end != decoded.Raw.Length)
        {
            throw Corrupt($"A block of {decoded.Raw.Length} bytes whose chunks come to {end}");
        }
    }

    private static void ReadPayload(Codec codec, ReadOnlySpan<byte> payload, Span<byte> target)
    {
        if (codec == Codec.Stored)
        {
            if (payload.Length != target.Length)
            {
                throw Corrupt($"A stored block of {target.Length} bytes with a payload of {payload.Length}");
            }

            payload.CopyTo(target);
            return;
        }

        if (payload.IsEmpty || LZ4Codec.Decode(payload, target) != target.Length)
        {
            throw Corrupt($"The LZ4 payload of a block ({payload.Length} bytes for {target.Length})");
        }
    }

    // 0 when `most` bytes do not do.
    private static int Compress(ReadOnlySpan<byte> raw, Span<byte> target, int most, LZ4Level level) =>
        most <= 0 ? 0 : Math.Max(0, LZ4Codec.Encode(raw, target[..most], level));

    private static int HeaderLength(int rawLength, ReadOnlySpan<int> chunkLengths)
    {
        int length = 1 + Varint.LengthOf((ulong)rawLength) + Varint.LengthOf((ulong)chunkLengths.Length);
        foreach (int chunk in chunkLengths)
        {
            length += Varint.LengthOf((ulong)chunk);
        }

        return length;
    }

    private static void Check(int rawLength, ReadOnlySpan<int> chunkLengths)
    {
        long sum = 0;
        foreach (int length in chunkLengths)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(chunkLengths));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxChunkLength, nameof(chunkLengths));
            sum += length;
        }

        if (sum != rawLength || rawLength is 0 or > MaxRawLength)
        {
            throw new ArgumentException(
                $"A block of {rawLength} bytes whose chunks come to {sum}.", nameof(chunkLengths));
        }
    }

    private static StoreException Corrupt(string what) => new(StoreFault.Corrupt, $"{what} makes no sense.", Hint);
}
