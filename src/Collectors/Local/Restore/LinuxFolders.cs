using System.Text;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Opens the folders below the target, never through a link.</summary>
/// <remarks>
/// <para>Each is opened anew for each entry. Keeping them open would save 3 of some 50 µs a file, and somebody who
/// moves a
/// folder out of the target meanwhile would get the files that belong below it.</para>
/// <para>What comes back is good for the calls that take a folder and one name, not for reading or listing.</para>
/// </remarks>
/// <param name="target">The target folder; a link in this path is followed, once.</param>
/// <param name="useOpenBeneath">False walks name by name, as on kernels before 5.6.</param>
internal sealed class LinuxFolders(string target, bool useOpenBeneath = true) : IDisposable
{
    // Below the kernel's 4,096, NUL included; longer paths go piece by piece.
    private const int LongestPiece = 4000;

    private readonly Lock _lock = new();
    private volatile bool _useOpenBeneath = useOpenBeneath;
    private volatile int _root = -1;

    /// <summary>The target folder's path.</summary>
    public string Target => target;

    private static int Flags =>
        LinuxCalls.PathOnly | LinuxCalls.OpenFolder | LinuxCalls.OpenNoFollow | LinuxCalls.CloseOnExec;

    /// <summary>Opens a folder.</summary>
    /// <param name="folder">Checked names with <c>/</c> between them; empty for the target itself.</param>
    /// <param name="make">Whether to make what is missing.</param>
    /// <param name="found">Open when the result is 0.</param>
    /// <returns>0, or the kernel's reason.</returns>
    public int Open(ReadOnlySpan<byte> folder, bool make, out LinuxFile found)
    {
        found = new LinuxFile(-1);
        int error = OpenRoot(make);
        if (error != 0)
        {
            return error;
        }

        var at = new LinuxFile(_root, isShared: true);
        while (!folder.IsEmpty)
        {
            ReadOnlySpan<byte> piece = Piece(folder);
            int next = OpenPiece(at.Number, piece);
            error = next < 0 ? LinuxCalls.Error : 0;
            if (error == LinuxErrors.Missing && make)
            {
                error = MakePiece(at.Number, piece, out next);
            }

            at.Dispose();
            if (error != 0)
            {
                return error;
            }

            at = new LinuxFile(next);
            folder = folder.Length == piece.Length ? default : folder[(piece.Length + 1)..];
        }

        found = at;
        return 0;
    }

    public void Dispose()
    {
        if (_root >= 0)
        {
            _ = LinuxCalls.Close(_root);
            _root = -1;
        }
    }

    private int OpenRoot(bool make)
    {
        if (_root >= 0)
        {
            return 0;
        }

        lock (_lock)
        {
            if (_root < 0)
            {
                if (make)
                {
                    Directory.CreateDirectory(target);
                }

                int flags = LinuxCalls.PathOnly | LinuxCalls.OpenFolder | LinuxCalls.CloseOnExec;
                _root = LinuxCalls.OpenAt(LinuxCalls.CurrentFolder, Encoding.UTF8.GetBytes(target + '\0'), flags, 0);
            }

            return _root < 0 ? LinuxCalls.Error : 0;
        }
    }

    private ReadOnlySpan<byte> Piece(ReadOnlySpan<byte> folder)
    {
        if (_useOpenBeneath && folder.Length <= LongestPiece)
        {
            return folder;
        }

        int end = _useOpenBeneath
            ? folder[..LongestPiece].LastIndexOf((byte)'/')
            : folder.IndexOf((byte)'/');
        return end < 0 ? folder : folder[..end];
    }

    private int OpenPiece(int at, ReadOnlySpan<byte> piece)
    {
        Span<byte> path = stackalloc byte[LongestPiece + 1];
        path = path[..(piece.Length + 1)];
        piece.CopyTo(path);
        path[^1] = 0;
        if (_useOpenBeneath)
        {
            int found = LinuxCalls.OpenBeneath(at, path, Flags);
            if (found >= 0 || LinuxCalls.Error is not (LinuxErrors.NotImplemented or LinuxErrors.NotPermitted))
            {
                return found;
            }

            // Too old a kernel, or a sandbox that does not let the call through: from now on name by name.
            _useOpenBeneath = false;
            return OpenNames(at, piece, make: false);
        }

        return OpenNames(at, piece, make: false);
    }

    private static int MakePiece(int at, ReadOnlySpan<byte> piece, out int made)
    {
        made = OpenNames(at, piece, make: true);
        return made < 0 ? LinuxCalls.Error : 0;
    }

    private static int OpenNames(int at, ReadOnlySpan<byte> piece, bool make)
    {
        Span<byte> name = stackalloc byte[256];
        var folder = new LinuxFile(at, isShared: true);
        while (true)
        {
            int end = piece.IndexOf((byte)'/');
            ReadOnlySpan<byte> first = end < 0 ? piece : piece[..end];
            first.CopyTo(name);
            name[first.Length] = 0;
            if (make)
            {
                // 0777 without the process's mask: no entry says what these folders were. One that is there is as good.
                _ = LinuxCalls.MakeFolder(folder.Number, name, 0x1FF);
            }

            int next = LinuxCalls.OpenAt(folder.Number, name, Flags, 0);
            int error = LinuxCalls.Error;
            folder.Dispose();
            System.Runtime.InteropServices.Marshal.SetLastPInvokeError(error);
            if (next < 0 || end < 0)
            {
                return next;
            }

            folder = new LinuxFile(next);
            piece = piece[(end + 1)..];
        }
    }
}
