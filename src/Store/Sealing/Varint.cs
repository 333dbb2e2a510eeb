namespace JadaStore.Store.Sealing;

/// <summary>Unsigned LEB128 in its shortest form; docs/format.md calls it <c>varint</c>.</summary>
internal static class Varint
{
    /// <summary>The longest a varint gets, in bytes: 10.</summary>
    public const int MaxLength = 10;

    /// <summary>How many bytes <paramref name="value"/> takes: 1 to 10.</summary>
    public static int LengthOf(ulong value)
    {
        int length = 1;
        while ((value >>= 7) != 0)
        {
            length++;
        }

        return length;
    }

    /// <summary>
    /// Writes <paramref name="value"/> to the start of <paramref name="target"/>, which is long enough.
    /// </summary>
    /// <returns>How many bytes it took.</returns>
    public static int Write(Span<byte> target, ulong value)
    {
        int length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        return length;
    }

    /// <summary>Takes a varint off the start of <paramref name="bytes"/>.</summary>
    /// <returns>Whether there was one in its shortest form; if not, nothing is taken.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < bytes.Length && i < MaxLength; i++)
        {
            byte next = bytes[i];
            if (i == MaxLength - 1 && next > 1)
            {
                break;                            // more than 64 bits
            }

            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                if (next == 0 && i > 0)
                {
                    break;                        // a needless zero at the end
                }

                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        value = 0;
        return false;
    }
}
