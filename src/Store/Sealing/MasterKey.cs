using System.Runtime.InteropServices;
using System.Security.Cryptography;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;

namespace JadaStore.Store.Sealing;

/// <summary>A repository's one secret, and the keys that are derived from it; docs/format.md, "Derived keys".</summary>
internal sealed class MasterKey : IDisposable
{
    /// <summary>Length in bytes: 32.</summary>
    public const int Size = 32;

    private readonly byte[] _master;
    private readonly byte[] _chunkIdKey = new byte[32];

    /// <param name="master">Exactly <see cref="Size"/> bytes; copied.</param>
    public MasterKey(ReadOnlySpan<byte> master)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(master.Length, Size);
        _master = master.ToArray();
        Blake3.DeriveKey("JadaStore 2026-11 chunk id", _master, _chunkIdKey);
    }

    /// <summary>A new random key.</summary>
    public static MasterKey New()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        var key = new MasterKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>The key itself, to be wrapped; never to be logged.</summary>
    public ReadOnlySpan<byte> Bytes => _master;

    /// <summary>The id of the chunk whose bytes have that plain digest.</summary>
    public ChunkId ChunkIdOf(Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        digest.CopyTo(bytes);
        Blake3.Keyed(_chunkIdKey, bytes, bytes);
        return new ChunkId(bytes);
    }

    /// <summary>The ids of many chunks, as <see cref="ChunkIdOf"/>; both spans are equally long.</summary>
    public void ChunkIdsOf(ReadOnlySpan<Digest> digests, Span<ChunkId> ids) =>
        Blake3.KeyedMany(_chunkIdKey, digests, MemoryMarshal.Cast<ChunkId, Digest>(ids));

    /// <summary>The key that the mac of <c>config</c> is made with; 32 bytes.</summary>
    public byte[] DeriveConfigKey() => Derive("JadaStore 2026-11 config", []);

    /// <summary>The key that page edges are chosen with; 32 bytes.</summary>
    public byte[] DerivePageEdgeKey() => Derive("JadaStore 2026-11 page edge", []);

    /// <summary>The AES-256 key of one pack.</summary>
    public byte[] DerivePackKey(PackId pack)
    {
        Span<byte> id = stackalloc byte[PackId.Size];
        pack.CopyTo(id);
        return Derive("JadaStore 2026-11 pack", id);
    }

    /// <summary>The AES-256 key of one snapshot record.</summary>
    public byte[] DeriveRecordKey(ReadOnlySpan<byte> salt) => Derive("JadaStore 2026-11 record", salt);

    /// <summary>The 256 random numbers that chunk edges are chosen with.</summary>
    public ulong[] DeriveGearTable()
    {
        ulong[] table = new ulong[256];
        Span<byte> bytes = MemoryMarshal.AsBytes(table.AsSpan());
        Blake3.DeriveKey("JadaStore 2026-11 gear table", _master, bytes);
        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(table, table);
        }

        return table;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_master);
        CryptographicOperations.ZeroMemory(_chunkIdKey);
    }

    private byte[] Derive(string context, ReadOnlySpan<byte> more)
    {
        Span<byte> material = stackalloc byte[Size + more.Length];
        _master.CopyTo(material);
        more.CopyTo(material[Size..]);
        byte[] key = new byte[32];
        Blake3.DeriveKey(context, material, key);
        CryptographicOperations.ZeroMemory(material);
        return key;
    }
}
