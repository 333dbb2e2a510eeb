using System.Buffers;
using System.Text;
using System.Text.Unicode;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>Reads extended attributes, access lists and capabilities among them.</summary>
internal static unsafe class LinuxAttributes
{
    // What the kernel allows at most, for a list of names and for a value alike.
    private const int Largest = 65_536;
    private const int Usual = 1024;

    /// <param name="descriptor">What is asked about.</param>
    /// <param name="isPlace">Whether it was opened with <see cref="OpenFlags.PathOnly"/>, so that it has to be asked
    /// by its path in <c>/proc</c>.</param>
    /// <param name="problem">What is missing and why; null when all is well.</param>
    /// <returns><c>xattr.</c> and the name, sorted; none where the file system has no attributes.</returns>
    public static NamedValue[] Read(int descriptor, bool isPlace, out string? problem)
    {
        problem = null;
        byte* path = stackalloc byte[32];
        WritePath(descriptor, path);
        byte* usual = stackalloc byte[Usual];
        int length = Names(descriptor, isPlace ? path : null, usual, Usual);
        if (length == 0 || length == -Errno.NotSupported)
        {
            return [];
        }

        byte[] large = ArrayPool<byte>.Shared.Rent(Largest * 2);
        try
        {
            fixed (byte* names = large)
            {
                length = Names(descriptor, isPlace ? path : null, names, Largest);
                if (length < 0)
                {
                    problem = $"its extended attributes cannot be listed: {Errno.Message(-length)}";
                    return [];
                }

                return Values(descriptor, isPlace ? path : null, names, length, names + Largest, ref problem);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(large);
        }
    }

    private static NamedValue[] Values(
        int descriptor, byte* path, byte* names, int length, byte* buffer, ref string? problem)
    {
        var values = new List<NamedValue>();
        for (int at = 0; at < length;)
        {
            ReadOnlySpan<byte> name = new(names + at, length - at);
            name = name[..Math.Max(name.IndexOf((byte)0), 0)];
            byte* start = names + at;
            at += name.Length + 1;
            if (!Utf8.IsValid(name))
            {
                problem = "an extended attribute whose name is not UTF-8 is left out";
                continue;
            }

            string text = Encoding.UTF8.GetString(name);
            nint size = path is null
                ? Syscalls.GetAttribute(descriptor, start, buffer, Largest)
                : Syscalls.GetAttribute(path, start, buffer, Largest);
            if (size >= 0)
            {
                values.Add(new NamedValue("xattr." + text, new ReadOnlySpan<byte>(buffer, (int)size).ToArray()));
            }
            else if (Errno.Last != Errno.NoData)
            {
                problem = $"the extended attribute {text} cannot be read: {Errno.Message(Errno.Last)}";
            }
        }

        values.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return [.. values];
    }

    /// <returns>Bytes written, or an error number, negated.</returns>
    private static int Names(int descriptor, byte* path, byte* buffer, int length)
    {
        nint written = path is null
            ? Syscalls.ListAttributes(descriptor, buffer, length)
            : Syscalls.ListAttributes(path, buffer, length);
        return written >= 0 ? (int)written : -Errno.Last;
    }

    /// <summary>
    /// Writes <c>/proc/self/fd/N</c>: it leads to just what the descriptor stands for, be that a link.
    /// </summary>
    private static void WritePath(int descriptor, byte* path)
    {
        var target = new Span<byte>(path, 32);
        Utf8.TryWrite(target, $"/proc/self/fd/{descriptor}\0", out _);
    }
}
