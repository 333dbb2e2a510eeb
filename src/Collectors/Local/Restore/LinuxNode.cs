using System.Buffers.Text;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// One file, folder, link or device that is held open, so that what is set is set on it and on nothing that takes its
/// name.
/// </summary>
/// <remarks>
/// One opened by <see cref="Open"/> can be of any kind and is not opened for reading, so no device or pipe notices; its
/// attributes go through its name in /proc, which leads to the thing itself even when that is a link.
/// </remarks>
internal readonly struct LinuxNode : IDisposable
{
    private readonly int _file;
    private readonly byte[]? _path;

    /// <param name="file">A file that is open for writing; closed by whoever opened it.</param>
    public LinuxNode(int file) => _file = file;

    private LinuxNode(int file, byte[] path)
    {
        _file = file;
        _path = path;
    }

    /// <summary>Holds what stands at a name in a folder, without following it.</summary>
    /// <returns>0, or the kernel's reason.</returns>
    public static int Open(int folder, ReadOnlySpan<byte> name, out LinuxNode node)
    {
        int flags = LinuxCalls.PathOnly | LinuxCalls.OpenNoFollow | LinuxCalls.CloseOnExec;
        int file = LinuxCalls.OpenAt(folder, name, flags, 0);
        node = file < 0 ? default : new LinuxNode(file, ProcPath(file));
        return file < 0 ? LinuxCalls.Error : 0;
    }

    /// <summary>What it is now.</summary>
    public int Stat(out LinuxStat stat) => LinuxCalls.Stat(_file, "\0"u8, out stat);

    public int SetOwner(uint user, uint group) =>
        LinuxCalls.SetOwner(_file, "\0"u8, user, group, LinuxCalls.EmptyPath | LinuxCalls.NoFollow);

    public int SetMode(uint mode) => _path is null ? LinuxCalls.SetMode(_file, mode) : LinuxCalls.SetMode(_path, mode);

    public int SetTimes(ReadOnlySpan<LinuxTime> times) => _path is null
        ? LinuxCalls.SetTimes(_file, times)
        : LinuxCalls.SetTimes(LinuxCalls.CurrentFolder, _path, times, 0);

    public int SetAttribute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => _path is null
        ? LinuxCalls.SetAttribute(_file, name, value, (nuint)value.Length, 0)
        : LinuxCalls.SetAttribute(_path, name, value, (nuint)value.Length, 0);

    public int RemoveAttribute(ReadOnlySpan<byte> name) =>
        _path is null ? LinuxCalls.RemoveAttribute(_file, name) : LinuxCalls.RemoveAttribute(_path, name);

    /// <summary>Opens the thing that is held, and no other, for reading; only for files.</summary>
    /// <returns>A descriptor of its own, or -1.</returns>
    public int OpenContent() => LinuxCalls.OpenAt(
        LinuxCalls.CurrentFolder, _path, LinuxCalls.ReadOnly | LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec, 0);

    /// <summary>A symbolic link's target; empty when there is none to read.</summary>
    public byte[] LinkTarget()
    {
        byte[] target = new byte[4096];
        nint length = LinuxCalls.ReadLink(_file, "\0"u8, target, (nuint)target.Length);
        return target[..(int)Math.Max(0, length)];
    }

    /// <summary>
    /// The names of all extended attributes, each with its NUL; empty where there are none or none are possible.
    /// </summary>
    public byte[] ListAttributes()
    {
        // A list may grow between the question for its length and the one for its names.
        for (int tries = 0; tries < 8; tries++)
        {
            nint length = List([]);
            if (length <= 0)
            {
                return [];
            }

            byte[] names = new byte[length];
            length = List(names);
            if (length >= 0)
            {
                return names[..(int)length];
            }
        }

        return [];
    }

    /// <summary>Whether an attribute has this value now.</summary>
    public bool HasAttribute(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        byte[] found = new byte[value.Length + 1];
        nint length = _path is null
            ? LinuxCalls.GetAttribute(_file, name, found, (nuint)found.Length)
            : LinuxCalls.GetAttribute(_path, name, found, (nuint)found.Length);
        return length == value.Length && value.SequenceEqual(found.AsSpan(0, value.Length));
    }

    public void Dispose()
    {
        if (_path is not null)
        {
            _ = LinuxCalls.Close(_file);
        }
    }

    private static byte[] ProcPath(int file)
    {
        Span<byte> path = stackalloc byte[32];
        "/proc/self/fd/"u8.CopyTo(path);
        _ = Utf8Formatter.TryFormat(file, path[14..], out int digits);
        return path[..(14 + digits + 1)].ToArray();
    }

    private nint List(Span<byte> names) => _path is null
        ? LinuxCalls.ListAttributes(_file, names, (nuint)names.Length)
        : LinuxCalls.ListAttributes(_path, names, (nuint)names.Length);
}
