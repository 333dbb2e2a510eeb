using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>A name in an open folder: where an entry belongs.</summary>
/// <param name="folder">Closed with this.</param>
/// <param name="name">Ends in a NUL.</param>
internal readonly struct LinuxPlace(LinuxFile folder, byte[] name) : IDisposable
{
    /// <summary>The folder's descriptor.</summary>
    public int Folder => folder.Number;

    /// <summary>The name, and a NUL behind it.</summary>
    public byte[] Name => name;

    /// <summary>What stands there; false where nothing does.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    public bool TryStat(out LinuxStat stat)
    {
        if (LinuxCalls.Stat(Folder, name, out stat) == 0)
        {
            return true;
        }

        return LinuxCalls.Error == LinuxErrors.Missing
            ? false
            : throw LinuxErrors.Because("cannot look at what stands there", LinuxCalls.Error);
    }

    /// <summary>
    /// Gives this name to what has a temporary name in the same folder; what stood here, a link itself and not its
    /// target, is gone.
    /// </summary>
    /// <exception cref="IOException">A folder that is not empty stands here; or the file system refuses.</exception>
    public void Take(ReadOnlySpan<byte> temporary)
    {
        if (LinuxCalls.Rename(Folder, temporary, Folder, name) == 0)
        {
            return;
        }

        int error = LinuxCalls.Error;
        if (error == LinuxErrors.IsFolder)
        {
            if (LinuxCalls.Remove(Folder, name, LinuxCalls.RemoveFolder) != 0)
            {
                throw new IOException(LinuxCalls.Error is LinuxErrors.NotEmpty or LinuxErrors.Exists
                    ? "a folder that is not empty stands there"
                    : $"a folder stands there that cannot be removed: {LinuxErrors.Text(LinuxCalls.Error)}");
            }

            error = LinuxCalls.Rename(Folder, temporary, Folder, name) == 0 ? 0 : LinuxCalls.Error;
        }

        if (error != 0)
        {
            throw LinuxErrors.Because("cannot put it in its place", error);
        }
    }

    /// <summary>Holds what stands there, which must be of the entry's kind.</summary>
    /// <exception cref="IOException">It is gone, or something else.</exception>
    public static LinuxNode Hold(int folder, ReadOnlySpan<byte> name, EntryKind kind, out LinuxStat stat)
    {
        int error = LinuxNode.Open(folder, name, out LinuxNode node);
        if (error != 0)
        {
            throw LinuxErrors.Because("cannot set its attributes", error);
        }

        if (node.Stat(out stat) != 0 || stat.Kind != kind)
        {
            node.Dispose();
            throw new IOException("cannot set its attributes: something else stands there");
        }

        return node;
    }

    public void Dispose() => folder.Dispose();
}
