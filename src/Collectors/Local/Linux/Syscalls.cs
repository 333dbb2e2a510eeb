using System.Runtime.InteropServices;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>
/// The kernel's calls for reading folders and files, as they are: −1 and an error number when they fail.
/// </summary>
/// <remarks>
/// What libc wraps late or not at all goes through <c>syscall</c>, by the numbers of x64 and arm64: so the program
/// runs on any
/// libc. Paths are bytes that end in a zero byte.
/// </remarks>
internal static unsafe partial class Syscalls
{
    /// <summary>Stands for the working folder where a folder's descriptor is asked for.</summary>
    public const int WorkingFolder = -100;

    private const int AtSymlinkNoFollow = 0x100;
    private const int AtNoAutomount = 0x800;
    private const int AtEmptyPath = 0x1000;
    private const int BasicStats = 0x7FF;
    private const int OpenAt2Number = 437;

    private static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Whether these calls and their numbers hold on this machine.</summary>
    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>What lies at a path, links not followed.</summary>
    public static bool TryStatus(int folder, byte* path, out FileStatus status)
    {
        fixed (FileStatus* to = &status)
        {
            return Statx(IsX64 ? 332 : 291, folder, path, AtSymlinkNoFollow | AtNoAutomount, BasicStats, to) == 0;
        }
    }

    /// <summary>What a descriptor stands for.</summary>
    public static bool TryStatus(int descriptor, out FileStatus status)
    {
        byte empty = 0;
        fixed (FileStatus* to = &status)
        {
            return Statx(IsX64 ? 332 : 291, descriptor, &empty, AtEmptyPath, BasicStats, to) == 0;
        }
    }

    /// <summary>The next names of an open folder, as <see cref="FolderRecords"/> reads them.</summary>
    /// <returns>Bytes written to the buffer; 0 at the end.</returns>
    public static int GetFolderRecords(int folder, byte* buffer, int length) =>
        (int)GetDents64(IsX64 ? 217 : 61, folder, buffer, length);

    /// <summary>Opens a path below a folder under the conditions of <paramref name="how"/>.</summary>
    public static int OpenAt2(int folder, byte* path, OpenHow how) =>
        (int)OpenAt2(OpenAt2Number, folder, path, &how, sizeof(OpenHow));

    /// <summary>Opens a path below a folder.</summary>
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* path, int flags);

    /// <summary>Closes a descriptor.</summary>
    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Reads at an offset.</summary>
    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    public static partial nint Read(SafeHandle file, byte* buffer, nint length, long offset);

    /// <summary>Finds where data or a hole begins.</summary>
    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(SafeHandle file, long offset, int whence);

    /// <summary>Reads a link's target; with an empty path, that of the link which the descriptor stands for.</summary>
    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLink(int descriptor, byte* path, byte* buffer, nint length);

    /// <summary>Lists the names of an open file's attributes.</summary>
    [LibraryImport("libc", EntryPoint = "flistxattr", SetLastError = true)]
    public static partial nint ListAttributes(int descriptor, byte* buffer, nint length);

    /// <summary>Reads one of an open file's attributes.</summary>
    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    public static partial nint GetAttribute(int descriptor, byte* name, byte* buffer, nint length);

    /// <summary>Lists the names of the attributes of what a path leads to.</summary>
    [LibraryImport("libc", EntryPoint = "listxattr", SetLastError = true)]
    public static partial nint ListAttributes(byte* path, byte* buffer, nint length);

    /// <summary>Reads one attribute of what a path leads to.</summary>
    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true)]
    public static partial nint GetAttribute(byte* path, byte* name, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Statx(nint number, nint folder, byte* path, nint flags, nint mask, FileStatus* status);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint GetDents64(nint number, nint folder, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint OpenAt2(nint number, nint folder, byte* path, OpenHow* how, nint length);
}
