using System.Runtime.InteropServices;

namespace JadaStore.Store.Backends;

/// <summary>
/// What the framework cannot ask of a file system: make names durable, and give a name without taking one.
/// </summary>
internal static partial class DurableFolder
{
    private const int NoEntry = 2, Interrupted = 4, NoAccess = 13, Exists = 17, Invalid = 22, ReadOnly = 30;

    private static int OpenForReading => OperatingSystem.IsMacOS() ? 0x100_0000 : 0x8_0000;     // O_RDONLY | O_CLOEXEC

    /// <summary>Makes the names in a folder durable. Windows has no such call and journals them itself.</summary>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(folder, OpenForReading);
        if (handle < 0)
        {
            if (Marshal.GetLastPInvokeError() == NoAccess)
            {
                return;        // writable and not readable: its names are as durable as the system makes them
            }

            throw LastError($"cannot open {folder}");
        }

        int result;
        do
        {
            result = Fsync(handle);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        IOException? failure = result < 0 ? LastError($"cannot flush {folder}") : null;
        _ = Close(handle);
        // EINVAL: this file system has no such thing; EROFS: it has nothing to write.
        if (failure is not null && failure.HResult is not (Invalid or ReadOnly))
        {
            throw failure;
        }
    }

    /// <summary>Moves a file within one file system, never over another one.</summary>
    /// <returns>False, and nothing is changed, when <paramref name="target"/> exists.</returns>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public static bool TryMove(string source, string target)
    {
        // link fails where the name is taken, which rename does not. A kill between link and delete leaves a second
        // name
        // in tmp, which is as good as nothing. Some file systems have no links: there the framework looks before it
        // renames.
        if (!OperatingSystem.IsWindows())
        {
            if (Link(source, target) == 0)
            {
                File.Delete(source);
                return true;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == Exists)
            {
                return false;
            }

            if (error == NoEntry)
            {
                throw LastError($"cannot move {source}");
            }
        }

        if (File.Exists(target))
        {
            return false;
        }

        File.Move(source, target, overwrite: false);
        return true;
    }

    private static IOException LastError(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);
}
