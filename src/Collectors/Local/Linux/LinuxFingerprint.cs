using System.Buffers.Binary;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>
/// How an unchanged file is recognised, beside its size and modified time: by its inode and its change time.
/// </summary>
/// <remarks>
/// The inode as a varint, then eight bytes of change time. A hard link has eight more, a hash of the path that it is a
/// link to: which path that is can change without the file.
/// </remarks>
internal static class LinuxFingerprint
{
    private const int MaxSize = 10 + 8;
    private const long FineWindow = 100_000_000;
    private const long CoarseWindow = 2_000_000_000;

    /// <param name="status">What the file is.</param>
    /// <param name="seen">A moment before <paramref name="status"/> was asked for, and before anything was
    /// read.</param>
    /// <returns>Empty when the stamps are too young: see <see cref="IsYoung"/>.</returns>
    public static byte[] Of(in FileStatus status, FileTime seen)
    {
        if (IsYoung(status, seen))
        {
            return [];
        }

        Span<byte> bytes = stackalloc byte[MaxSize];
        int length = 0;
        ulong inode = status.Id.Inode;
        for (; inode > 0x7F; inode >>= 7)
        {
            bytes[length++] = (byte)(inode | 0x80);
        }

        bytes[length++] = (byte)inode;
        ulong stamp = ((ulong)status.Changed.Seconds << 30) | (uint)status.Changed.Nanoseconds;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[length..], stamp);
        return bytes[..(length + 8)].ToArray();
    }

    /// <summary>The fingerprint of a hard link, from that of the file; empty stays empty.</summary>
    public static byte[] OfLink(byte[] file, EntryPath first)
    {
        if (file.Length == 0)
        {
            return file;
        }

        ulong hash = 0xCBF29CE484222325;   // FNV-1a: it need only differ, and nobody gains by making it not
        foreach (byte value in first.Span)
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        byte[] bytes = new byte[file.Length + 8];
        file.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(file.Length), hash);
        return bytes;
    }

    /// <summary>Whether a change might still come that leaves the stamps as they are.</summary>
    /// <remarks>
    /// The kernel stamps changes by a clock that stands still for some milliseconds, or for two seconds on a file
    /// system that keeps no fractions: a file written, seen by us, and written again within one such tick looks
    /// unchanged ever after. So stamps within 100 ms (2 s when the change time has nothing below a millisecond) before
    /// the moment of seeing, or after it, are not believed, and the next run reads the file again.
    /// </remarks>
    public static bool IsYoung(in FileStatus status, FileTime seen)
    {
        FileTime changed = status.Changed;
        long window = changed.Nanoseconds % 1_000_000 == 0 ? CoarseWindow : FineWindow;
        long below = seen.Nanoseconds - window;
        long borrow = below < 0 ? ((-below) + 999_999_999) / 1_000_000_000 : 0;
        var limit = new FileTime(seen.Seconds - borrow, (int)(below + (borrow * 1_000_000_000)));
        return changed >= limit || status.Modified >= limit;
    }
}
