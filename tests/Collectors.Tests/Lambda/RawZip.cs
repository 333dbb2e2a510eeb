using System.IO.Hashing;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>Writes zips as no honest program does.</summary>
internal static class RawZip
{
    public static byte[] Of(params IEnumerable<RawZipEntry> entries)
    {
        using var zip = new MemoryStream();
        using var writer = new BinaryWriter(zip);
        using var directory = new MemoryStream();
        using var central = new BinaryWriter(directory);
        int count = 0, at = 0;
        foreach (RawZipEntry entry in entries)
        {
            byte[] packed = entry.Packed();
            uint crc = entry.ClaimedCrc ?? Crc32.HashToUInt32(entry.Content);
            ulong size = entry.ClaimedSize ?? (ulong)entry.Content.Length;
            bool large = size >= uint.MaxValue;
            if (!entry.SharesContent)
            {
                at = (int)zip.Length;
                writer.Write(0x04034b50);
                WriteCommon(writer, entry, crc, packed.Length, large ? uint.MaxValue : (uint)size);
                writer.Write((ushort)0);
                writer.Write(entry.Name);
                writer.Write(packed);
            }

            central.Write(0x02014b50);
            central.Write((ushort)((3 << 8) | 20));
            WriteCommon(central, entry, crc, packed.Length, large ? uint.MaxValue : (uint)size);
            central.Write((ushort)(large ? 12 : 0));
            central.Write((ushort)0);
            central.Write(0);
            central.Write(entry.UnixMode << 16);
            central.Write(at);
            central.Write(entry.Name);
            if (large)
            {
                central.Write((ushort)1);
                central.Write((ushort)8);
                central.Write(size);
            }

            count++;
        }

        uint start = (uint)zip.Length;
        writer.Write(directory.ToArray());
        writer.Write(0x06054b50);
        writer.Write(0);
        writer.Write((ushort)count);
        writer.Write((ushort)count);
        writer.Write((uint)directory.Length);
        writer.Write(start);
        writer.Write((ushort)0);
        return zip.ToArray();
    }

    /// <summary>A usual one.</summary>
    public static byte[] OfFiles(params IEnumerable<(string Name, string Content)> files) =>
        Of(files.Select(file => new RawZipEntry(file.Name, file.Content) { Method = 8 }));

    // What a local header and the directory have in common, but the first says which version made it.
    private static void WriteCommon(BinaryWriter writer, RawZipEntry entry, uint crc, int packed, uint size)
    {
        writer.Write((ushort)20);
        writer.Write(entry.Flags);
        writer.Write(entry.Method);
        writer.Write(entry.Dos.Time);
        writer.Write(entry.Dos.Date);
        writer.Write(crc);
        writer.Write(packed);
        writer.Write(size);
        writer.Write((ushort)entry.Name.Length);
    }
}
