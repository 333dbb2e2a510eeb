using System.Text;
using JadaStore.Store;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>
/// A source's root, held open: all paths are opened below it, so nothing outside is reached, whatever is moved or
/// linked meanwhile.
/// </summary>
/// <remarks>
/// Entries outlive the walk that gave them and share the one descriptor; it is closed with the last of them.
/// </remarks>
internal sealed unsafe class LinuxRoot
{
    // The kernel takes paths of up to 4,095 bytes; longer ones are walked in pieces.
    private const int LongestPiece = 4000;

    private readonly SafeFileHandle _handle;

    private LinuxRoot(SafeFileHandle handle, TimeProvider time)
    {
        _handle = handle;
        Time = time;
    }

    /// <summary>The clock that stamps are compared with.</summary>
    public TimeProvider Time { get; }

    /// <summary>Opens a folder; the path itself may be a symbolic link to one.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.SourceUnreachable"/>: there is none, or it may not be
    /// read.</exception>
    public static LinuxRoot Open(string folder, TimeProvider time)
    {
        byte[] path = Encoding.UTF8.GetBytes(folder + '\0');
        fixed (byte* name = path)
        {
            int descriptor = Syscalls.OpenAt(Syscalls.WorkingFolder, name, OpenFlags.Folder | OpenFlags.CloseOnExec);
            if (descriptor >= 0)
            {
                return new LinuxRoot(new SafeFileHandle(descriptor, ownsHandle: true), time);
            }
        }

        int error = Errno.Last;
        throw new StoreException(
            StoreFault.SourceUnreachable,
            error switch
            {
                Errno.NoEntry => $"There is no folder {folder}.",
                Errno.NotAFolder => $"{folder} is not a folder.",
                _ => $"The folder {folder} cannot be read: {Errno.Message(error)}.",
            });
    }

    /// <summary>Which file or folder lies at a path, links followed; null when there is none.</summary>
    public static FileId? Identify(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            int descriptor = Syscalls.OpenAt(
                Syscalls.WorkingFolder, name, OpenFlags.PathOnly | OpenFlags.CloseOnExec);
            if (descriptor < 0)
            {
                return null;
            }

            bool good = Syscalls.TryStatus(descriptor, out FileStatus status);
            _ = Syscalls.Close(descriptor);
            return good ? status.Id : null;
        }
    }

    /// <summary>What the root folder itself is.</summary>
    /// <exception cref="StoreException">It cannot be asked.</exception>
    public FileStatus Status() =>
        Syscalls.TryStatus((int)_handle.DangerousGetHandle(), out FileStatus status)
            ? status
            : throw new StoreException(
                StoreFault.SourceUnreachable, $"The folder cannot be read: {Errno.Message(Errno.Last)}.");

    /// <summary>Opens a path below the root; no part of it is followed if it is a symbolic link.</summary>
    /// <param name="path">As entries have it; empty for the root.</param>
    /// <param name="flags">Of <see cref="OpenFlags"/>.</param>
    /// <returns>A descriptor that the caller closes, or an error number, negated.</returns>
    public int Open(ReadOnlySpan<byte> path, int flags)
    {
        path = path.EndsWith("/"u8) ? path[..^1] : path;
        int from = (int)_handle.DangerousGetHandle();
        int piece = -1;
        while (path.Length > LongestPiece)
        {
            // A name has at most 255 bytes, so a piece always ends somewhere.
            int cut = path[..LongestPiece].LastIndexOf((byte)'/');
            int next = OpenPiece(from, path[..cut], OpenFlags.PathOnly | OpenFlags.Folder | OpenFlags.CloseOnExec);
            CloseIfOpen(piece);
            if (next < 0)
            {
                return next;
            }

            piece = next;
            from = next;
            path = path[(cut + 1)..];
        }

        int found = OpenPiece(from, path.IsEmpty ? "."u8 : path, flags);
        CloseIfOpen(piece);
        GC.KeepAlive(_handle);
        return found;
    }

    private static int OpenPiece(int folder, ReadOnlySpan<byte> path, int wanted)
    {
        byte* name = stackalloc byte[path.Length + 1];
        path.CopyTo(new Span<byte>(name, path.Length));
        name[path.Length] = 0;

        int flags = wanted | OpenFlags.NoFollow;
        bool guarded = true;
        while (true)
        {
            int descriptor = guarded
                ? Syscalls.OpenAt2(folder, name, new OpenHow((ulong)flags, 0, OpenHow.NoSymlinks))
                : Syscalls.OpenAt(folder, name, flags);
            if (descriptor >= 0)
            {
                return descriptor;
            }

            int error = Errno.Last;
            if (error == Errno.Interrupted)
            {
                continue;
            }

            if (error == Errno.NotPermitted && (flags & OpenFlags.NoAccessTime) != 0)
            {
                flags &= ~OpenFlags.NoAccessTime;   // it is somebody else's file
            }
            else if (guarded && error is Errno.NoSuchCall or Errno.NotPermitted)
            {
                guarded = false;                    // a kernel before 5.6, or a sandbox that does not know the call
                flags = wanted | OpenFlags.NoFollow;
            }
            else
            {
                return -error;
            }
        }
    }

    private static void CloseIfOpen(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = Syscalls.Close(descriptor);
        }
    }
}
