using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Reads the numbers and strings of docs/format.md from the bytes of one chunk, trusting none of
/// them.</summary>
/// <remarks>
/// Every method throws <see cref="StoreException"/> with <see cref="StoreFault.Corrupt"/>, naming the chunk and the
/// byte, rather than read past the end; no memory is taken on the word of the input.
/// </remarks>
/// <param name="bytes">The chunk.</param>
/// <param name="chunk">Its id, for messages.</param>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, ChunkId chunk)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly ChunkId _chunk = chunk;
    private int _position;

    /// <summary>How many bytes were not read yet.</summary>
    public readonly int Left => _bytes.Length - _position;

    /// <summary>One byte.</summary>
    public byte ReadByte()
    {
        if (_position >= _bytes.Length)
        {
            throw Corrupt("it ends too early");
        }

        return _bytes[_position++];
    }

    /// <summary>That many bytes; a window on the chunk, not a copy.</summary>
    public ReadOnlySpan<byte> ReadSpan(int length)
    {
        if ((uint)length > (uint)Left)
        {
            throw Corrupt($"{length} bytes are due and {Left} are left");
        }

        ReadOnlySpan<byte> span = _bytes.Slice(_position, length);
        _position += length;
        return span;
    }

    /// <summary><c>varint</c>: any 64 bits, in the shortest form.</summary>
    public ulong ReadVarint()
    {
        ulong value = ReadByte();
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        for (int shift = 7; ; shift += 7)
        {
            ulong next = ReadByte();
            if (shift == 63 && next > 1)
            {
                throw Corrupt("a number has more than 64 bits");
            }

            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return next != 0 ? value : throw Corrupt("a number is not in its shortest form");
            }
        }
    }

    /// <summary><c>varint</c> of 0 to <paramref name="max"/>.</summary>
    public uint ReadUInt32(uint max = uint.MaxValue)
    {
        ulong value = ReadVarint();
        return value <= max ? (uint)value : throw Corrupt($"a number is {value} and can be {max} at most");
    }

    /// <summary><c>varint</c> of 0 to 2⁶³ − 1.</summary>
    public long ReadInt64()
    {
        ulong value = ReadVarint();
        return value <= long.MaxValue
            ? (long)value
            : throw Corrupt($"a number is {value} and can be {long.MaxValue} at most");
    }

    /// <summary><c>zigzag</c>.</summary>
    public long ReadZigzag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary><c>varint</c> that counts things which follow.</summary>
    /// <param name="least">What one of them takes at least, in bytes; more than would fit into what is left is
    /// damage.</param>
    public int ReadCount(int least)
    {
        ulong value = ReadVarint();
        return value <= (ulong)(Left / least)
            ? (int)value
            : throw Corrupt($"{value} items are claimed and {Left} bytes are left");
    }

    /// <summary><c>bytes</c>; a window on the chunk, not a copy.</summary>
    public ReadOnlySpan<byte> ReadBytes() => ReadSpan(ReadCount(1));

    /// <summary>Says that all was read.</summary>
    public readonly void ExpectEnd()
    {
        if (Left != 0)
        {
            throw Corrupt($"{Left} bytes are left over");
        }
    }

    /// <summary>The exception to throw for bytes that cannot be right.</summary>
    public readonly StoreException Corrupt(string what) =>
        new(StoreFault.Corrupt, $"Chunk {_chunk} is malformed at byte {_position}: {what}.",
            "It is what was stored, but jstore would not have stored it. `jstore verify` lists what it affects.");

    /// <summary>The exception to throw for what a later version may have written.</summary>
    public readonly StoreException Newer(string what) =>
        new(StoreFault.NewerFormat, $"Chunk {_chunk} cannot be understood at byte {_position}: {what}.",
            "A newer jstore may have written it; use that one.");
}
