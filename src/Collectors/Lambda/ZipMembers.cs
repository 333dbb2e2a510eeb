using System.IO.Compression;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>Reads the directory of a zip, hostile as it is: bounded before memory is taken, each path once, none out of
/// the folder.</summary>
internal static class ZipMembers
{
    /// <summary>Most entries of one zip: 200,000.</summary>
    public const int MaxEntries = 200_000;

    /// <summary>Most bytes that its entries may come to when unpacked: 1 GiB, four times what a function can
    /// have.</summary>
    public const long MaxUnpacked = 1 << 30;

    private const int MaxTarget = 4096;
    private const int TypeBits = 0xF000;
    private const int LinkType = 0xA000;
    private const int FolderType = 0x4000;
    private const int FileType = 0x8000;

    /// <summary>Opens a zip.</summary>
    /// <exception cref="IOException">It is none, or has too many entries.</exception>
    public static ZipArchive Open(HeldBytes bytes)
    {
        // Each entry of a directory begins with this mark, wherever the zip says that its directory lies.
        if (Count(bytes, "PK\x01\x02"u8, MaxEntries) > MaxEntries)
        {
            throw new IOException($"the zip has more than {MaxEntries} entries");
        }

        return Guarded(() =>
        {
            var archive = new ZipArchive(new HeldStream(bytes), ZipArchiveMode.Read, false, RawNames.Instance);
            _ = archive.Entries;
            return archive;
        });
    }

    /// <summary>What a zip has, in path order; each path once.</summary>
    /// <param name="archive">The zip.</param>
    /// <param name="folder">Where its entries lie, inside the source; ends in <c>/</c>.</param>
    /// <exception cref="IOException">Its directory is malformed, or claims too much.</exception>
    public static IReadOnlyList<ZipMember> Read(ZipArchive archive, EntryPath folder)
    {
        var all = new List<ZipMember>(archive.Entries.Count);
        long unpacked = 0;
        for (int i = 0; i < archive.Entries.Count; i++)
        {
            ZipMember member = Guarded(() => Member(archive.Entries[i], i, folder));
            if (member.Size > MaxUnpacked - unpacked)
            {
                throw new IOException(
                    $"unpacked, the zip would come to more than {MaxUnpacked} bytes; the zip itself is captured");
            }

            unpacked += member.Size;
            if (member.Path != folder)
            {
                all.Add(member);
            }
            else if (member.Size > 0)
            {
                throw new IOException("the zip has a file without a name");
            }
        }

        all.Sort((x, y) => x.Path.CompareTo(y.Path) is var order && order != 0 ? order : x.Index.CompareTo(y.Index));
        List<ZipMember> members = OneEach(all);
        for (int i = 0; i < members.Count; i++)
        {
            if (members[i] is { Kind: not EntryKind.Folder, Fault: null } && HasBelow(members, i))
            {
                members[i] = members[i] with { Fault = "the zip has a folder of that name as well" };
            }
        }

        return members;
    }

    /// <summary>Runs what reads a zip; whatever it makes of malformed bytes is an <see cref="IOException"/>.</summary>
    public static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or ArithmeticException
            or NotSupportedException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new IOException($"the zip is malformed: {e.Message}", e);
        }
    }

    /// <summary>How often a mark stands in the bytes; counts no further than one beyond the bound.</summary>
    private static int Count(HeldBytes bytes, ReadOnlySpan<byte> mark, int most)
    {
        byte[] buffer = new byte[256 * 1024];
        int found = 0, kept = 0;
        for (long at = 0; bytes.Read(at, buffer.AsSpan(kept)) is > 0 and int count && found <= most; at += count)
        {
            ReadOnlySpan<byte> here = buffer.AsSpan(0, kept + count);
            found += here.Count(mark);

            // A mark may begin in this piece and end in the next.
            kept = Math.Min(mark.Length - 1, here.Length);
            here[^kept..].CopyTo(buffer);
        }

        return found;
    }

    private static ZipMember Member(ZipArchiveEntry entry, int index, EntryPath folder)
    {
        (EntryPath path, string? wrong) = ZipName.Of(RawNames.BytesOf(entry.FullName), folder);
        int attributes = (int)((uint)entry.ExternalAttributes >> 16);
        int type = attributes & TypeBits;
        if (type == FolderType && !path.IsFolder)
        {
            path = path.Append("/"u8);
        }

        EntryKind kind = path.IsFolder ? EntryKind.Folder : type == LinkType ? EntryKind.Symlink : EntryKind.File;
        wrong ??= entry.Length < 0 ? "its size is negative"
            : entry.IsEncrypted ? "it is encrypted"
            : kind == EntryKind.File && type is not (0 or FileType) ? "it is no file, folder or symbolic link"
            : kind == EntryKind.Folder && type is not (0 or FolderType or FileType) ? "it is a folder by its name alone"
            : kind == EntryKind.Folder && entry.Length > 0 ? "it is a folder and has content"
            : kind == EntryKind.Symlink && entry.Length is 0 or > MaxTarget ? "it is a symbolic link to nowhere"
            : null;
        return new ZipMember(index, path, kind)
        {
            Size = Math.Max(0, entry.Length),
            Crc32 = entry.Crc32,
            ModifiedTime = FileTime.From(new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero)),
            Mode = attributes == 0 || (kind == EntryKind.Folder && type == FileType) ? null : (uint)attributes & 0xFFF,
            Fault = wrong,
        };
    }

    // Of several of one name unpacking leaves the last.
    private static List<ZipMember> OneEach(List<ZipMember> all)
    {
        var members = new List<ZipMember>(all.Count);
        foreach (ZipMember member in all)
        {
            if (members.Count == 0 || members[^1].Path != member.Path)
            {
                members.Add(member);
                continue;
            }

            ZipMember before = members[^1];
            string? fault = member.Fault ?? before.Fault;
            members[^1] = (member.Fault is null ? member : before) with
            {
                Doubt = fault is not null ? $"the zip has another entry of that name: {fault}"
                    : member.Kind == EntryKind.Folder ? null
                    : "the zip has several entries of that name; this is the last",
            };
        }

        return members;
    }

    // Whether the name of what is no folder is also one: what lies below sorts behind, with others between.
    private static bool HasBelow(List<ZipMember> members, int index)
    {
        EntryPath folder = members[index].Path.Append("/"u8);
        int low = index + 1, high = members.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (members[middle].Path < folder)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < members.Count && members[low].Path.IsAtOrBelow(folder);
    }
}
