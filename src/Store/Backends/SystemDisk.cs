using System.IO.Enumeration;

namespace JadaStore.Store.Backends;

/// <summary>This machine's file system.</summary>
internal sealed class SystemDisk : IDisk
{
    /// <inheritdoc/>
    public IDiskFile Create(string path)
    {
        // Shared with nobody: that is a lock which the system drops when a process dies; see TryDeleteAbandoned.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new SystemFile(new FileStream(path, options));
    }

    /// <inheritdoc/>
    public IDiskFile Open(string path) =>
        new SystemFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <inheritdoc/>
    public bool TryMove(string source, string target) => DurableFolder.TryMove(source, target);

    /// <inheritdoc/>
    public void Replace(string source, string target) => File.Move(source, target, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public bool TryDeleteAbandoned(string path)
    {
        try
        {
            using (File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }

            File.Delete(path);
            return true;
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void MakeFolder(string path)
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

    /// <inheritdoc/>
    public bool FolderExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public void FlushFolder(string path) => DurableFolder.Flush(path);

    /// <inheritdoc/>
    public long? LengthOf(string path)
    {
        // Attributes throw where Exists would say no: that a disk cannot tell does not mean that nothing is there.
        var file = new FileInfo(path);
        _ = file.Attributes;
        return file.Exists ? file.Length : null;
    }

    /// <inheritdoc/>
    public DateTimeOffset WrittenAt(string path) => File.GetLastWriteTimeUtc(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> NamesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(folder))
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Path, long Length)> FilesBelow(string folder, int depth)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = depth, AttributesToSkip = 0, IgnoreInaccessible = false,
        };
        try
        {
            return [.. new FileSystemEnumerable<(string, long)>(
                folder, (ref FileSystemEntry e) => (e.ToFullPath(), e.Length), options)
            {
                ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory,
            }];
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(folder))
        {
            return [];
        }
    }
}
