namespace JadaStore.Fuzz;

/// <summary>The LZ4 block format, decoded the slow way: every index is checked by the runtime.</summary>
internal static class PlainLz4
{
    /// <summary>What <see cref="Decode"/> gives for a block with an offset of 0: the format forbids it, and decoders of
    /// native speed take it for bytes that stay as they were. Which those are, only a digest can refuse.</summary>
    public const int OffsetZero = -2;

    /// <summary>Decodes.</summary>
    /// <returns>How many bytes came out; <see cref="OffsetZero"/>; −1 for what is no block, or does not fit.</returns>
    public static int Decode(ReadOnlySpan<byte> block, Span<byte> target)
    {
        int from = 0, to = 0;
        while (from < block.Length)
        {
            int token = block[from++];
            if (!TryLength(block, token >> 4, ref from, out int literals)
                || literals > block.Length - from || literals > target.Length - to)
            {
                return -1;
            }

            block.Slice(from, literals).CopyTo(target[to..]);
            (from, to) = (from + literals, to + literals);
            if (from == block.Length)
            {
                return to;
            }

            if (from + 2 > block.Length)
            {
                return -1;
            }

            int back = block[from] | (block[from + 1] << 8);
            from += 2;
            if (!TryLength(block, token & 15, ref from, out int match) || back > to || match + 4 > target.Length - to)
            {
                return -1;
            }

            if (back == 0)
            {
                return OffsetZero;
            }

            for (int i = 0; i < match + 4; i++, to++)
            {
                target[to] = target[to - back];
            }
        }

        return -1;
    }

    private static bool TryLength(ReadOnlySpan<byte> block, int first, ref int from, out int length)
    {
        length = first;
        for (int next = 255; first == 15 && next == 255; length += next)
        {
            if (from == block.Length || length > 1 << 24)
            {
                return false;
            }

            next = block[from++];
        }

        return true;
    }
}
