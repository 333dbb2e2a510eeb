using System.Text;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>The folders that a restore never touches, known by what they are and not by what they are called.</summary>
/// <remarks>
/// A folder lies in one of them when the way up from it, by <c>..</c>, leads through it: whatever links or bind mounts
/// led down to it. What is mounted from inside one of them onto another place is not recognised there.
/// </remarks>
internal sealed class LinuxLeftOut
{
    private readonly LinuxFolders _folders;
    private readonly List<LinuxIdentity> _leftOut = [];

    // Folders that were found to lie outside, by the remainder of their number: what comes next mostly lies in one of
    // them as well. A few suffice, so that the memory does not grow with the restore.
    private readonly Outside?[] _outside = new Outside?[64];

    /// <param name="folders">Opens what is below the target.</param>
    /// <param name="paths">Links in them are followed; what does not exist is passed over.</param>
    /// <exception cref="IOException">It cannot be told what stands at one of the paths.</exception>
    public LinuxLeftOut(LinuxFolders folders, IReadOnlyList<string> paths)
    {
        _folders = folders;
        foreach (string path in paths)
        {
            using var folder = new LinuxFile(OpenFolder(LinuxCalls.CurrentFolder, Encoding.UTF8.GetBytes(path + '\0')));
            if (folder.Number >= 0)
            {
                _leftOut.Add(Identity(folder.Number));
            }
            else if (LinuxCalls.Error != LinuxErrors.Missing)
            {
                throw LinuxErrors.Because($"cannot look at {path}, which a restore never touches", LinuxCalls.Error);
            }
        }
    }

    /// <summary>Whether there are none, so that nothing need be asked.</summary>
    public bool IsEmpty => _leftOut.Count == 0;

    /// <summary>Whether an open folder is itself one of them.</summary>
    public bool Is(int folder) => _leftOut.Contains(Identity(folder));

    /// <summary>
    /// Whether what stands, or would stand, at a name in an open folder is one of them or lies in one.
    /// </summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    public bool Holds(int folder, ReadOnlySpan<byte> name) => Holds(folder)
        || (LinuxCalls.Stat(folder, name, out LinuxStat stat) == 0 && _leftOut.Contains(stat.Identity));

    /// <summary>Whether folders that are missing, if they were made, would lie in one of them.</summary>
    /// <param name="folder">Below the target; empty for the target itself.</param>
    /// <exception cref="IOException">It cannot be told.</exception>
    public bool WouldHold(ReadOnlySpan<byte> folder)
    {
        while (true)
        {
            int error = _folders.Open(folder, make: false, out LinuxFile found);
            using LinuxFile closing = found;
            if (error != LinuxErrors.Missing)
            {
                return error == 0 && Holds(found.Number);
            }

            if (folder.IsEmpty)
            {
                return WouldHoldTarget();
            }

            folder = folder[..Math.Max(0, folder.LastIndexOf((byte)'/'))];
        }
    }

    private bool WouldHoldTarget()
    {
        for (string? above = _folders.Target; above is not null; above = Path.GetDirectoryName(above))
        {
            using var folder =
                new LinuxFile(OpenFolder(LinuxCalls.CurrentFolder, Encoding.UTF8.GetBytes(above + '\0')));
            if (folder.Number >= 0)
            {
                return Holds(folder.Number);
            }
        }

        return false;
    }

    private bool Holds(int folder)
    {
        LinuxIdentity first = Identity(folder);
        var open = new LinuxFile(folder, isShared: true);
        try
        {
            for (LinuxIdentity at = first; !IsOutside(at);)
            {
                if (_leftOut.Contains(at))
                {
                    return true;
                }

                int above = OpenFolder(open.Number, "..\0"u8);
                if (above < 0)
                {
                    throw CannotTell();
                }

                open.Dispose();
                open = new LinuxFile(above);
                LinuxIdentity next = Identity(above);
                if (next == at)
                {
                    // Only / is its own parent.
                    break;
                }

                at = next;
            }
        }
        finally
        {
            open.Dispose();
        }

        if (!IsOutside(first))
        {
            _outside[Slot(first)] = new Outside(first);
        }

        return false;
    }

    private bool IsOutside(LinuxIdentity folder) => _outside[Slot(folder)]?.Folder == folder;

    private int Slot(LinuxIdentity folder) => (int)(folder.Number % (ulong)_outside.Length);

    private static int OpenFolder(int at, ReadOnlySpan<byte> path) =>
        LinuxCalls.OpenAt(at, path, LinuxCalls.PathOnly | LinuxCalls.OpenFolder | LinuxCalls.CloseOnExec, 0);

    private static LinuxIdentity Identity(int folder) =>
        LinuxCalls.Stat(folder, "\0"u8, out LinuxStat stat) == 0 ? stat.Identity : throw CannotTell();

    private static IOException CannotTell() =>
        LinuxErrors.Because("cannot tell whether it lies in the repository", LinuxCalls.Error);

    // A class, because several threads write and read it, and only references are never seen half written.
    private sealed record Outside(LinuxIdentity Folder);
}
