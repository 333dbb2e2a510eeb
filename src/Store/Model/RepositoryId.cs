using System.Buffers.Binary;
using System.Security.Cryptography;

namespace JadaStore.Store.Model;

/// <summary>
/// The name of a repository: 16 random bytes, drawn when it is made; its key slots are bound to them.
/// </summary>
/// <remarks>Written as 32 lowercase hex digits.</remarks>
public readonly record struct RepositoryId
{
    /// <summary>Length in bytes: 16.</summary>
    public const int Size = 16;

    private readonly UInt128 _value;

    /// <param name="bytes">Exactly <see cref="Size"/> bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length.</exception>
    public RepositoryId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A repository id is {Size} bytes; got {bytes.Length}.", nameof(bytes));
        }

        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>A new random id.</summary>
    public static RepositoryId New()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return new RepositoryId(bytes);
    }

    /// <summary>Reads 32 hex digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out RepositoryId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool ok = hex.Length == 2 * Size
            && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        id = ok ? new RepositoryId(bytes) : default;
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
