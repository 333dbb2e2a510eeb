using System.Buffers.Binary;
using System.Security.Cryptography;

namespace JadaStore.Store.Model;

/// <summary>The name of a pack: 16 random bytes, drawn when the pack is begun; its key is derived from them.</summary>
/// <remarks>Written as 32 lowercase hex digits, which is also the pack's file name.</remarks>
public readonly record struct PackId
{
    /// <summary>Length in bytes: 16.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    /// <param name="bytes">Exactly <see cref="Size"/> bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public PackId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A pack id is {Size} bytes; got {bytes.Length}.", nameof(bytes));
        }

        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>A new random id.</summary>
    public static PackId New()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return new PackId(bytes);
    }

    /// <summary>Reads 32 hex digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out PackId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool ok = hex.Length == 2 * Size
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        id = ok ? new PackId(bytes) : default;
        return ok;
    }

    /// <summary>Writes the 16 bytes to the start of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target) => BinaryPrimitives.WriteUInt128BigEndian(target, _value);

    /// <summary>32 lowercase hex digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
