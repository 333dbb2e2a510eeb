namespace JadaStore.Store.Backends;

/// <summary>
/// What a repository in a folder asks of the file system, and no more: so that a test can stand in for it, and cut the
/// power after any call.
/// </summary>
/// <remarks>
/// Paths are full ones. Thread-safe. What fails is an <see cref="IOException"/> (a missing file or folder its own kind
/// of it) or an <see cref="UnauthorizedAccessException"/>.
/// </remarks>
internal interface IDisk
{
    /// <summary>
    /// Makes a file for writing that no other process may open until it is closed; its folder is there.
    /// </summary>
    IDiskFile Create(string path);

    /// <summary>Opens a file for reading; it may be deleted meanwhile.</summary>
    IDiskFile Open(string path);

    /// <summary>Moves a file within one file system, never over another one.</summary>
    /// <returns>False, and nothing is changed, when <paramref name="target"/> exists.</returns>
    bool TryMove(string source, string target);

    /// <summary>Moves a file within one file system to a name that another may have, which is then gone; at every
    /// moment the name is the one's or the other's.</summary>
    void Replace(string source, string target);

    /// <summary>Deletes a file. That it is gone already is no failure.</summary>
    void Delete(string path);

    /// <summary>Deletes a file unless the process that made it still writes it; false when it stays.</summary>
    bool TryDeleteAbandoned(string path);

    /// <summary>Makes one folder, readable for nobody else. That it is there already is no failure.</summary>
    void MakeFolder(string path);

    /// <summary>Whether there is such a folder.</summary>
    bool FolderExists(string path);

    /// <summary>Makes the names in a folder durable: what was made, moved and deleted there stays so.</summary>
    void FlushFolder(string path);

    /// <summary>How long a file is, in bytes; null when there is no such file.</summary>
    long? LengthOf(string path);

    /// <summary>When a file was last written.</summary>
    DateTimeOffset WrittenAt(string path);

    /// <summary>The names of the files and folders in a folder; none where there is no such folder.</summary>
    IReadOnlyList<string> NamesIn(string folder);

    /// <summary>
    /// The files in a folder and up to <paramref name="depth"/> folders below it; none where there is no such folder.
    /// </summary>
    IReadOnlyList<(string Path, long Length)> FilesBelow(string folder, int depth);
}
