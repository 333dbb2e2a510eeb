using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// The calls of the kernel that a restore makes. Every name ends in a NUL; every failure is -1 with the reason in
/// <see cref="Error"/>.
/// </summary>
internal static partial class LinuxCalls
{
    public const int Create =
        0x40, Exclusive = 0x80, ReadOnly = 0, WriteOnly = 1, NonBlocking = 0x800, NoTerminal = 0x100;
    public const int CloseOnExec = 0x80000, PathOnly = 0x200000;
    public const int CurrentFolder = -100, NoFollow = 0x100, RemoveFolder = 0x200, Follow = 0x400, EmptyPath = 0x1000;
    public const ulong ResolveBeneath = 8, ResolveNoSymlinks = 4, ResolveNoMagicLinks = 2;

    // These two flags of open(2) have other values on ARM.
    public static int OpenFolder => IsArm ? 0x4000 : 0x10000;

    public static int OpenNoFollow => IsArm ? 0x8000 : 0x20000;

    /// <summary><c>O_TMPFILE</c>: a file without a name, in the file system of the folder that is named.</summary>
    public static int Nameless => 0x400000 | OpenFolder;

    /// <summary>Whether the numbers in this file are right for this machine.</summary>
    public static bool AreKnown =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Why the last call of this thread failed.</summary>
    public static int Error => Marshal.GetLastPInvokeError();

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, ReadOnlySpan<byte> name, int flags, uint mode);

    /// <summary>
    /// Opens a path of several names below <paramref name="folder"/>, following no link and never leaving it.
    /// </summary>
    public static int OpenBeneath(int folder, ReadOnlySpan<byte> path, int flags)
    {
        var how = new LinuxOpenHow
        {
            Flags = (ulong)flags,
            Resolve = ResolveBeneath | ResolveNoSymlinks | ResolveNoMagicLinks,
        };
        return (int)OpenAt2(437, folder, path, in how, LinuxOpenHow.Size);
    }

    /// <summary>
    /// What stands at a name in a folder, a link itself and not its target; with an empty name, the open folder or
    /// file.
    /// </summary>
    public static int Stat(int folder, ReadOnlySpan<byte> name, out LinuxStat stat) =>
        (int)StatX(IsArm ? 291 : 332, folder, name, NoFollow | EmptyPath, 0x7FF, out stat);

    /// <summary>
    /// Makes a pipe, a socket or a device, by <paramref name="mode"/>; <paramref name="device"/> as the kernel packs
    /// it.
    /// </summary>
    public static int MakeNode(int folder, ReadOnlySpan<byte> name, uint mode, uint device) =>
        (int)MkNodAt(IsArm ? 33 : 259, folder, name, mode, device);

    /// <summary>The next names of an open folder, as the kernel lays them out; 0 at the end.</summary>
    public static int ReadFolder(int folder, Span<byte> buffer) =>
        (int)GetDEnts64(IsArm ? 61 : 217, folder, buffer, (nuint)buffer.Length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(int file);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    public static partial nint Read(int file, Span<byte> buffer, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint Write(int file, ReadOnlySpan<byte> bytes, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int SetLength(int file, long length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    public static partial int MakeFolder(int folder, ReadOnlySpan<byte> name, uint mode);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true)]
    public static partial int MakeSymlink(ReadOnlySpan<byte> target, int folder, ReadOnlySpan<byte> name);

    /// <summary>
    /// With flags 0 a link that stands at <paramref name="oldName"/> gets the new name itself and is not followed.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true)]
    public static partial int Link(
        int oldFolder, ReadOnlySpan<byte> oldName, int newFolder, ReadOnlySpan<byte> newName, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    public static partial int Rename(
        int oldFolder, ReadOnlySpan<byte> oldName, int newFolder, ReadOnlySpan<byte> newName);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int Remove(int folder, ReadOnlySpan<byte> name, int flags);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLink(int folder, ReadOnlySpan<byte> name, Span<byte> buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int SetMode(int file, uint mode);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    public static partial int SetMode(ReadOnlySpan<byte> path, uint mode);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true)]
    public static partial int SetOwner(int file, ReadOnlySpan<byte> name, uint user, uint group, int flags);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    public static partial int SetTimes(int file, ReadOnlySpan<LinuxTime> accessAndModify);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    public static partial int SetTimes(
        int folder, ReadOnlySpan<byte> path, ReadOnlySpan<LinuxTime> accessAndModify, int flags);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true)]
    public static partial int SetAttribute(
        int file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true)]
    public static partial int SetAttribute(
        ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    public static partial nint GetAttribute(int file, ReadOnlySpan<byte> name, Span<byte> value, nuint size);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true)]
    public static partial nint GetAttribute(
        ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, Span<byte> value, nuint size);

    [LibraryImport("libc", EntryPoint = "flistxattr", SetLastError = true)]
    public static partial nint ListAttributes(int file, Span<byte> names, nuint size);

    [LibraryImport("libc", EntryPoint = "listxattr", SetLastError = true)]
    public static partial nint ListAttributes(ReadOnlySpan<byte> path, Span<byte> names, nuint size);

    [LibraryImport("libc", EntryPoint = "fremovexattr", SetLastError = true)]
    public static partial int RemoveAttribute(int file, ReadOnlySpan<byte> name);

    [LibraryImport("libc", EntryPoint = "removexattr", SetLastError = true)]
    public static partial int RemoveAttribute(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    // By number, because older C libraries lack these four.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint OpenAt2(
        nint number, nint folder, ReadOnlySpan<byte> path, in LinuxOpenHow how, nuint size);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint StatX(
        nint number, nint folder, ReadOnlySpan<byte> name, nint flags, nuint mask, out LinuxStat stat);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint MkNodAt(nint number, nint folder, ReadOnlySpan<byte> name, nuint mode, nuint device);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint GetDEnts64(nint number, nint folder, Span<byte> buffer, nuint size);
}
