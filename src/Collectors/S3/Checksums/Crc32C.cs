using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace JadaStore.Collectors.S3.Checksums;

/// <summary><c>CRC32C</c>: Castagnoli's; RFC 3720. The processor's own instruction where it has one.</summary>
internal sealed class Crc32C : Checksum
{
    private uint _crc = uint.MaxValue;

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> bytes)
    {
        uint crc = _crc;
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            // Eight bytes as they lie in memory, so the first comes first.
            crc = BitOperations.Crc32C(
                crc, BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight));
        }

        foreach (byte one in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        _crc = crc;
    }

    /// <inheritdoc/>
    public override byte[] Finish()
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ~_crc);
        return bytes;
    }

    /// <summary>Nothing to give back.</summary>
    public override void Dispose()
    {
    }
}
