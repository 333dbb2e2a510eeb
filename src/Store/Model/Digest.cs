using System.Buffers.Binary;

namespace JadaStore.Store.Model;

/// <summary>A plain BLAKE3 hash of some bytes: 32 bytes, what <c>b3sum</c> prints.</summary>
/// <remarks>Written as 64 lowercase hex digits.</remarks>
public readonly record struct Digest
{
    /// <summary>Length in bytes: 32.</summary>
    public const int Size = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <param name="hash">Exactly <see cref="Size"/> bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="hash"/> has another length.</exception>
    public Digest(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Size)
        {
            throw new ArgumentException($"A digest is {Size} bytes; got {hash.Length}.", nameof(hash));
        }

        _high = BinaryPrimitives.ReadUInt128BigEndian(hash);
        _low = BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
    }

    /// <summary>The first eight bytes, for hash tables and filters; as even as the hash itself.</summary>
    public ulong Prefix => (ulong)(_high >> 64);

    /// <summary>Reads 64 hex digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool ok = hex.Length == 2 * Size
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        digest = ok ? new Digest(bytes) : default;
        return ok;
    }

    /// <summary>Writes the 32 bytes to the start of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target, _high);
        BinaryPrimitives.WriteUInt128BigEndian(target[16..], _low);
    }

    /// <summary>The 32 bytes, in a new array.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lowercase hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => Prefix.GetHashCode();
}
