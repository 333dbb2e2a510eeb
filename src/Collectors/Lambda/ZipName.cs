using JadaStore.Store.Model;

namespace JadaStore.Collectors.Lambda;

/// <summary>Where a name in a zip leads when it is unpacked.</summary>
/// <param name="Path">Inside the source; a folder's ends in <c>/</c>. Equal to the folder's own for a name that says
/// nothing.</param>
/// <param name="Wrong">Why it cannot be unpacked as it is, or null; the path is then one that tells of it.</param>
internal readonly record struct ZipName(EntryPath Path, string? Wrong)
{
    private const int Longest = 4096;

    /// <summary>Reads a name.</summary>
    /// <remarks>As unpacking does, what is empty or <c>.</c> between two <c>/</c> is passed over, and so is a <c>/</c>
    /// at the beginning. A backslash is a letter like others.</remarks>
    /// <param name="name">Hostile.</param>
    /// <param name="folder">Where the zip's entries lie, inside the source; ends in <c>/</c>.</param>
    public static ZipName Of(ReadOnlySpan<byte> name, EntryPath folder)
    {
        bool isFolder = name.EndsWith("/"u8);
        string? wrong = null;
        if (name.Length > Longest)
        {
            wrong = $"its name has {name.Length} bytes";
            name = name[..255];
        }

        var path = new MemoryStream(folder.Length + name.Length);
        path.Write(folder.Span);
        foreach (Range range in name.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = name[range];
            if (part.IsEmpty || part.SequenceEqual("."u8))
            {
                continue;
            }

            if (path.Length > folder.Length)
            {
                path.WriteByte((byte)'/');
            }

            if (part.SequenceEqual(".."u8))
            {
                wrong ??= "its name leads out of the folder";
                path.Write("%2E%2E"u8);
            }
            else if (part.Contains((byte)0))
            {
                wrong ??= "its name has a NUL";
                path.Write(Escaped(part));
            }
            else
            {
                path.Write(part);
            }
        }

        if (isFolder && path.Length > folder.Length)
        {
            path.WriteByte((byte)'/');
        }

        return new ZipName(new EntryPath(path.ToArray()), wrong);
    }

    private static byte[] Escaped(ReadOnlySpan<byte> part)
    {
        var bytes = new MemoryStream(part.Length + 2);
        foreach (byte value in part)
        {
            bytes.Write(value == 0 ? "%00"u8 : [value]);
        }

        return bytes.ToArray();
    }
}
