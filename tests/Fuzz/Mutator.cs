using System.Buffers.Binary;

namespace JadaStore.Fuzz;

/// <summary>Makes inputs of inputs: the same ones for the same seed.</summary>
/// <param name="random">Decides.</param>
/// <param name="corpus">What it begins with; at least one.</param>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    private static readonly ulong[] Edges =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x3FFF, 0x4000, 0x7FFF, 0x8000, 0xFFFF, 0x10_0000, 0x10_0001, 0x40_0000,
        0x7FFF_FFFF,
        0x8000_0000, 0xFFFF_FFFF, 1UL << 32, 1UL << 60, long.MaxValue, 1UL << 63, ulong.MaxValue,
    ];

    private static readonly string[] Words =
    [
        "../", "/", "\0", "\\u0000", "\\ud800", "\"", "null", "{}", "[", "{\"a\":", "1e999", "-", "&#0;",
        "<!DOCTYPE a>", "]]>",
        "<a>", "*", "**/", "[!", "%00", "\n", "\r\n", "[[", "9999-12-31T23:59:59.9999999Z", "\u202e", "~1",
    ];

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        byte[] bytes = Pick();
        for (int change = 1 << random.Next(4); change > 0; change--)
        {
            bytes = Change(bytes);
        }

        return bytes;
    }

    private byte[] Pick() => corpus[random.Next(corpus.Count)];

    private byte[] Change(byte[] bytes)
    {
        int at = random.Next(bytes.Length + 1);
        int length = Math.Min(random.Next(1, 17), bytes.Length - at);
        switch (random.Next(9))
        {
            case 0 when at < bytes.Length:
                bytes = [.. bytes];
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1 when at < bytes.Length:
                bytes = [.. bytes];
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            case 4:
                byte[] noise = new byte[random.Next(1, 9)];
                random.NextBytes(noise);
                return [.. bytes[..at], .. noise, .. bytes[at..]];
            case 5:
                byte[] other = Pick();
                return [.. bytes[..at], .. other[random.Next(other.Length + 1)..]];
            case 6:
                return [.. bytes[..at], .. Number(), .. bytes[Math.Min(bytes.Length, at + random.Next(9))..]];
            case 7:
                return [.. bytes[..at], .. System.Text.Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]), .. bytes[at..]];
            default:
                return bytes[..at];
        }
    }

    // An edge as a varint, as text, or in so many bytes, of either order.
    private byte[] Number()
    {
        ulong value = Edges[random.Next(Edges.Length)];
        byte[] bytes = new byte[10];
        switch (random.Next(4))
        {
            case 0:
                return bytes[..Store.Sealing.Varint.Write(bytes, value)];
            case 1:
                return System.Text.Encoding.ASCII.GetBytes(
                    value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case 2:
                BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
                return bytes[(8 - (1 << random.Next(4)))..8];
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
                return bytes[..(1 << random.Next(4))];
        }
    }
}
