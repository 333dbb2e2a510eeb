using JadaStore.Store.Model;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>All that the kernel says of an entry, in the shape of the model.</summary>
internal static unsafe class LinuxDescription
{
    private const int LongestTarget = 4096;

    /// <param name="source">The entry as it was listed.</param>
    /// <param name="handle">It, open.</param>
    /// <param name="isPlace">Whether it was opened with <see cref="OpenFlags.PathOnly"/>.</param>
    /// <param name="status">What the kernel says of it.</param>
    /// <param name="fingerprint">Taken over.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Entry Of(
        LinuxEntry source, SafeFileHandle handle, bool isPlace, in FileStatus status, byte[] fingerprint)
    {
        int descriptor = (int)handle.DangerousGetHandle();
        NamedValue[] attributes = LinuxAttributes.Read(descriptor, isPlace, out string? problem);
        byte[]? target = source.Kind == EntryKind.Symlink ? Target(descriptor) : null;
        GC.KeepAlive(handle);
        return new Entry
        {
            Path = source.Path,
            Kind = source.Kind,
            Size = source.Kind == EntryKind.File ? status.Size : 0,
            ModifiedTime = status.Modified,
            Mode = status.Mode,
            Owner = status.Owner,
            LinkTarget = target,
            HardLink = source.HardLink,
            Device = source.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice ? status.Device : null,
            Attributes = attributes,
            Fingerprint = fingerprint,
            Problem = problem,
        };
    }

    private static byte[] Target(int link)
    {
        byte* target = stackalloc byte[LongestTarget];
        byte empty = 0;
        nint length = Syscalls.ReadLink(link, &empty, target, LongestTarget);
        return length >= 0
            ? new ReadOnlySpan<byte>(target, (int)length).ToArray()
            : throw Errno.Exception(Errno.Last);
    }
}
