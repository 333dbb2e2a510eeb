namespace JadaStore.Collectors.Local.Restore;

/// <summary>Tells whether what stands at a name stands there under that very name.</summary>
/// <remarks>
/// <para>A file system that does not tell <c>A</c> from <c>a</c>, or a letter with an accent from a letter and an
/// accent, finds a file under names that are not its own; a snapshot may hold both as entries, and the second would
/// take the place of the first. What a file system takes for the same only it can say, so it is asked: something stands
/// there, and none in its folder has that name.</para>
/// <para>Memory: the names of the folders asked for last. Thread-safe.</para>
/// </remarks>
/// <param name="stands">Whether anything stands at a path, by the file system's own rules.</param>
/// <param name="names">The names in a folder, as they are spelled.</param>
internal sealed class NameSpelling(Func<string, bool> stands, Func<string, IEnumerable<string>> names)
{
    private const int MostFolders = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _known = new(StringComparer.Ordinal);

    /// <summary>That of this machine's file systems.</summary>
    public static NameSpelling OfFileSystem() => new(
        path => PortablePlaces.Attributes(path) is not null,
        folder => new DirectoryInfo(folder)
            .EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }).Select(
                entry => entry.Name));

    /// <summary>Sees to it that nothing stands at a path but what has its name, or nothing at all.</summary>
    /// <param name="path">A full path; its folder exists, or nothing stands there.</param>
    /// <exception cref="IOException">Something stands there that is spelled otherwise.</exception>
    public void Require(string path)
    {
        if (!stands(path))
        {
            return;
        }

        string folder = Path.GetDirectoryName(path)!, name = Path.GetFileName(path);
        lock (_lock)
        {
            // What came since it was last listed is asked for anew.
            bool isKnown = (_known.TryGetValue(folder, out HashSet<string>? found) && found.Contains(name))
                || Read(folder).Contains(name);
            if (isKnown)
            {
                return;
            }
        }

        throw new IOException("another entry stands there already, or another file, and this file system does not tell their names"
            + $" apart: {Other(folder, path)}");
    }

    /// <summary>Does what puts something at a path, unless another spelling came first; one at a time.</summary>
    /// <exception cref="IOException">As <see cref="Require"/>, or of <paramref name="put"/>.</exception>
    public void Put(string path, Action put)
    {
        lock (_lock)
        {
            Require(path);
            put();
            if (_known.TryGetValue(Path.GetDirectoryName(path)!, out HashSet<string>? found))
            {
                found.Add(Path.GetFileName(path));
            }
        }
    }

    /// <summary>What stood at a path is gone.</summary>
    public void Forget(string path)
    {
        lock (_lock)
        {
            _known.Remove(Path.GetDirectoryName(path)!);
        }
    }

    private HashSet<string> Read(string folder)
    {
        if (_known.Count >= MostFolders)
        {
            _known.Clear();
        }

        return _known[folder] = new HashSet<string>(names(folder), StringComparer.Ordinal);
    }

    // The one that is there under both names: it goes by a guess at what is alike, and only for the message.
    private string Other(string folder, string path)
    {
        string name = Path.GetFileName(path);
        lock (_lock)
        {
            return _known[folder].FirstOrDefault(
                other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase))
                ?? "one that differs in how its letters are written";
        }
    }
}
