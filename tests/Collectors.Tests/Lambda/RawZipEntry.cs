using System.IO.Compression;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>One entry of a <see cref="RawZip"/>, with whatever it claims of itself.</summary>
internal sealed record RawZipEntry(byte[] Name, byte[] Content)
{
    public RawZipEntry(string name, string content = "")
        : this(System.Text.Encoding.UTF8.GetBytes(name), System.Text.Encoding.UTF8.GetBytes(content))
    {
    }

    /// <summary>0 stored, 8 deflated.</summary>
    public ushort Method { get; init; }

    /// <summary>Bit 0: encrypted. Bit 11: the name is UTF-8.</summary>
    public ushort Flags { get; init; } = 1 << 11;

    /// <summary>The type and permissions, as Unix has them; 0: made on a system that has none.</summary>
    public uint UnixMode { get; init; } = 0x81A4;

    public ulong? ClaimedSize { get; init; }

    public uint? ClaimedCrc { get; init; }

    /// <summary>2026-02-03 04:05:06.</summary>
    public (ushort Time, ushort Date) Dos { get; init; } = ((4 << 11) | (5 << 5) | 3, (46 << 9) | (2 << 5) | 3);

    /// <summary>Whether it has no content of its own but that of the entry before it.</summary>
    public bool SharesContent { get; init; }

    public byte[] Packed()
    {
        if (Method != 8)
        {
            return Content;
        }

        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Content);
        }

        return packed.ToArray();
    }
}
