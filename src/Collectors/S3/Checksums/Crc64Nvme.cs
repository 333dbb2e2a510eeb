using System.Buffers.Binary;

namespace JadaStore.Collectors.S3.Checksums;

/// <summary><c>CRC64NVME</c>, which S3 computes of whatever comes without a checksum.</summary>
/// <remarks>
/// NVM Express, NVM Command Set Specification 1.0, section 5.2.1.3.4; eight tables, eight bytes a step. The libraries
/// at hand have CRC-64 by another polynomial only.
/// </remarks>
internal sealed class Crc64Nvme : Checksum
{
    private const ulong Polynomial = 0x9A6C_9329_AC4B_C9B5; // lowest bit first

    private static readonly ulong[] Tables = MakeTables();

    private ulong _crc = ulong.MaxValue;

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> bytes)
    {
        ulong crc = _crc;
        ulong[] tables = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = tables[0x700 + (byte)crc] ^ tables[0x600 + (byte)(crc >> 8)] ^ tables[0x500 + (byte)(crc >> 16)]
                ^ tables[0x400 + (byte)(crc >> 24)] ^ tables[0x300 + (byte)(crc >> 32)] ^ tables[0x200 + (byte)(
                    crc >> 40)]
                ^ tables[0x100 + (byte)(crc >> 48)] ^ tables[crc >> 56];
        }

        foreach (byte one in bytes)
        {
            crc = tables[(byte)crc ^ one] ^ (crc >> 8);
        }

        _crc = crc;
    }

    /// <inheritdoc/>
    public override byte[] Finish()
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ~_crc);
        return bytes;
    }

    /// <summary>Nothing to give back.</summary>
    public override void Dispose()
    {
    }

    // Table k: what a byte does to the checksum when k more bytes follow it.
    private static ulong[] MakeTables()
    {
        ulong[] tables = new ulong[8 * 256];
        for (int i = 0; i < 256; i++)
        {
            ulong crc = (ulong)i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
            }

            tables[i] = crc;
        }

        for (int i = 256; i < tables.Length; i++)
        {
            ulong before = tables[i - 256];
            tables[i] = tables[(byte)before] ^ (before >> 8);
        }

        return tables;
    }
}
