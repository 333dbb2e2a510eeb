using System.Numerics;
using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Writes the numbers and strings of docs/format.md into one buffer that grows.</summary>
internal sealed class ByteWriter
{
    private byte[] _buffer = new byte[4096];

    /// <summary>How many bytes were written; may be set back to take the last ones away.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Takes away all but the first <paramref name="length"/> bytes.</summary>
    public void CutTo(int length) => Length = length;

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes the bytes, without their length.</summary>
    public void WriteSpan(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary><c>varint</c>.</summary>
    public void WriteVarint(ulong value)
    {
        Span<byte> target = Take(VarintLength(value));
        for (int i = 0; i < target.Length - 1; i++)
        {
            target[i] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[^1] = (byte)value;
    }

    /// <summary><c>varint</c> of what is never negative.</summary>
    public void WriteVarint(long value) => WriteVarint((ulong)value);

    /// <summary><c>zigzag</c>.</summary>
    public void WriteZigzag(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary><c>bytes</c>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteVarint((ulong)bytes.Length);
        WriteSpan(bytes);
    }

    /// <summary><c>bytes</c> of the text's UTF-8; what is no Unicode becomes U+FFFD.</summary>
    public void WriteText(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        WriteVarint(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>The 32 bytes.</summary>
    public void WriteDigest(Digest digest) => digest.CopyTo(Take(Digest.Size));

    /// <summary>How many bytes <paramref name="value"/> takes as a <c>varint</c>: 1 to 10.</summary>
    public static int VarintLength(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private Span<byte> Take(int length)
    {
        if (_buffer.Length - Length < length)
        {
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, checked(Length + length)));
        }

        Span<byte> span = _buffer.AsSpan(Length, length);
        Length += length;
        return span;
    }
}
