using System.Text;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// A file that is not whole yet. Where the file system can do that it has no name at all (<c>O_TMPFILE</c>, open(2)),
/// so the kernel drops it when the process is killed; elsewhere it has a temporary one. Not for several threads at
/// once.
/// </summary>
internal sealed class LinuxNewFile : IDisposable
{
    // A nameless file gets its name through this folder; a container may lack it.
    private static readonly bool CanBeNamed = Directory.Exists("/proc/self/fd");

    private readonly LinuxPlace _place;
    private readonly TemporaryNames _names;
    private byte[]? _temporary;
    private int _file;

    /// <param name="place">Where it belongs. Stays the caller's.</param>
    /// <param name="names">Gives temporary names.</param>
    /// <param name="mode">As in open(2); the process's mask takes from it.</param>
    /// <param name="useNameless">Whether a file without a name is tried.</param>
    /// <exception cref="IOException">No file can be made there.</exception>
    public LinuxNewFile(LinuxPlace place, TemporaryNames names, uint mode, bool useNameless)
    {
        _place = place;
        _names = names;
        _file = useNameless && CanBeNamed
            ? LinuxCalls.OpenAt(
                place.Folder, ".\0"u8, LinuxCalls.Nameless | LinuxCalls.WriteOnly | LinuxCalls.CloseOnExec, mode)
            : -1;
        if (_file >= 0)
        {
            return;
        }

        int flags = LinuxCalls.WriteOnly | LinuxCalls.Create | LinuxCalls.Exclusive | LinuxCalls.OpenNoFollow
            | LinuxCalls.CloseOnExec;
        byte[] temporary = names.NextBytes();
        _file = LinuxCalls.OpenAt(place.Folder, temporary, flags, mode);
        if (_file < 0)
        {
            throw LinuxErrors.Because("cannot make a file in its folder", LinuxCalls.Error);
        }

        _temporary = temporary;
    }

    /// <summary>The open file.</summary>
    public int Number => _file;

    /// <summary>Gives the file its name, once; what stood there is gone. Nothing may be written any more.</summary>
    /// <exception cref="IOException">
    /// The last bytes could not be written, a folder that is not empty stands there, or the file system refuses.
    /// </exception>
    public void TakePlace()
    {
        if (_temporary is null)
        {
            // It can get its name only while it is open; what a last close would tell, that of a second descriptor
            // tells.
            CloseChecked(LinuxCalls.Duplicate(_file));
            if (TryName(_place.Name))
            {
                return;
            }

            byte[] temporary = _names.NextBytes();
            if (!TryName(temporary))
            {
                throw LinuxErrors.Because("cannot put it in its place", LinuxErrors.Exists);
            }

            _temporary = temporary;
        }
        else
        {
            CloseChecked(Interlocked.Exchange(ref _file, -1));
        }

        _place.Take(_temporary);
        _temporary = null;
    }

    public void Dispose()
    {
        int file = Interlocked.Exchange(ref _file, -1);
        if (file >= 0)
        {
            _ = LinuxCalls.Close(file);
        }

        if (_temporary is not null)
        {
            _ = LinuxCalls.Remove(_place.Folder, _temporary, 0);
            _temporary = null;
        }
    }

    private static void CloseChecked(int file)
    {
        // A file system over a network may tell only now that the disk is full.
        if ((file < 0 || LinuxCalls.Close(file) != 0) && LinuxCalls.Error != LinuxErrors.Interrupted)
        {
            throw LinuxErrors.Because("cannot write", LinuxCalls.Error);
        }
    }

    /// <returns>False where something stands there already.</returns>
    private bool TryName(byte[] name)
    {
        // By the descriptor itself where the kernel lets this process do so: before Linux 6.10, root alone.
        if (LinuxCalls.Link(_file, "\0"u8, _place.Folder, name, LinuxCalls.EmptyPath) == 0)
        {
            return true;
        }

        if (LinuxCalls.Error == LinuxErrors.Missing)
        {
            byte[] open = Encoding.ASCII.GetBytes($"/proc/self/fd/{_file}\0");
            if (LinuxCalls.Link(LinuxCalls.CurrentFolder, open, _place.Folder, name, LinuxCalls.Follow) == 0)
            {
                return true;
            }
        }

        return LinuxCalls.Error == LinuxErrors.Exists
            ? false
            : throw LinuxErrors.Because("cannot put it in its place", LinuxCalls.Error);
    }
}
