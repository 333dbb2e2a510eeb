using System.Buffers.Binary;
using Library = System.IO.Hashing.Crc32;

namespace JadaStore.Collectors.S3.Checksums;

/// <summary><c>CRC32</c>: the one of zip and Ethernet.</summary>
internal sealed class Crc32 : Checksum
{
    private readonly Library _crc = new();

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

    /// <inheritdoc/>
    public override byte[] Finish()
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _crc.GetCurrentHashAsUInt32());
        return bytes;
    }

    /// <summary>Nothing to give back.</summary>
    public override void Dispose()
    {
    }
}
