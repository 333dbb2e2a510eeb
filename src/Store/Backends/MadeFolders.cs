namespace JadaStore.Store.Backends;

/// <summary>The folders of a repository that are known to be there to stay; makes those that are not.</summary>
/// <param name="root">The repository's own folder.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class MadeFolders(string root)
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
            if (_made.Contains(path))
            {
                return;
            }

            bool inside = path.Length > root.Length, existed = Directory.Exists(path);
            string? parent = Path.GetDirectoryName(path);
            if (parent is not null && (inside || !existed))
            {
                Make(parent);
            }

            if (!existed)
            {
                Create(path);
            }

            // Inside also where it existed: another process may have made it a moment ago and not come to flushing.
            if (parent is not null && (inside || !existed))
            {
                DurableFolder.Flush(parent);
            }

            _made.Add(path);
        }
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
