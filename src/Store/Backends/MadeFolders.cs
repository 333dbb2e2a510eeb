namespace JadaStore.Store.Backends;

/// <summary>The folders of a repository that are known to be there to stay; makes those that are not.</summary>
/// <param name="disk">Where they are.</param>
/// <param name="root">The repository's own folder.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class MadeFolders(IDisk disk, string root)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes a folder, and those above it, if need be, readable for nobody else; and makes its name durable.
    /// </summary>
    /// <param name="path">The repository's folder, or one below it.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public void Make(string path)
    {
        lock (_lock)
        {
            Make(path, isBuiltUpon: true);
        }
    }

    // Also what exists is flushed: another process may have made it a moment ago, or long ago and been killed before it
    // came to that. Above the repository only as far as it was made for it.
    private void Make(string path, bool isBuiltUpon)
    {
        if (_made.Contains(path))
        {
            return;
        }

        bool existed = disk.FolderExists(path);
        if (Path.GetDirectoryName(path) is { } parent && (isBuiltUpon || !existed))
        {
            Make(parent, isBuiltUpon: path.Length > root.Length || !existed);
            if (!existed)
            {
                disk.MakeFolder(path);
            }

            disk.FlushFolder(parent);
        }

        _made.Add(path);
    }
}
