using System.IO.Enumeration;
using JadaStore.Store.Model;

namespace JadaStore.Store.Backends;

/// <summary>A repository in a folder of this machine.</summary>
/// <remarks>
/// Every call completes before it returns. New files are 0600, new folders 0700. What is being written lies in
/// <c>tmp/</c> inside the repository, so that it can be moved to its name on the same file system.
/// </remarks>
internal sealed class FolderBackend : IBackend
{
    private const int MostOpenFiles = 64, DeepestFolder = 4;

    private readonly OpenFiles _files = new(MostOpenFiles);
    private readonly MadeFolders _folders;

    /// <param name="folder">The repository; made when something is first written.</param>
    public FolderBackend(string folder)
    {
        Place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _folders = new MadeFolders(Place);
    }

    /// <inheritdoc/>
    public string Place { get; }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.Check(folder);
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(folder);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, AttributesToSkip = 0, IgnoreInaccessible = false,
        };
        try
        {
            var found = new FileSystemEnumerable<BackendObject>(path, (ref FileSystemEntry e) => new BackendObject(NameOf(ref e), e.Length), options)
            {
                // What a file manager leaves lying about, such as .DS_Store, is no object.
                ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory && ObjectName.IsValid(NameOf(ref e)),
            };
            List<BackendObject> objects = [.. found];
            objects.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return new(objects);
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(path))
        {
            return new([]);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("list", path, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<long?> TryGetLengthAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(name);
        try
        {
            var file = new FileInfo(path);
            return new(file.Exists ? file.Length : null);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("read", path, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(string name, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(name);
        try
        {
            OpenFile file = _files.Take(path);
            try
            {
                Fill(file, offset, target.Span);
            }
            finally
            {
                _files.Return(file);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreException(StoreFault.Corrupt, $"{path} is missing.",
                "Something other than jstore removed it. `jstore verify` lists the files that need it.", e);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("read", path, e);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]?> TryReadAllAsync(string name, int most, CancellationToken cancellationToken)
    {
        if (await TryGetLengthAsync(name, cancellationToken).ConfigureAwait(false) is not { } length)
        {
            return null;
        }

        if (length > most)
        {
            throw new StoreException(StoreFault.Corrupt,
                $"{PathOf(name)} has {length} bytes, and no such file has more than {most}.", "It was not written by jstore.");
        }

        byte[] bytes = new byte[length];
        await ReadAsync(name, 0, bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        FolderWriter writer = Begin(name, cancellationToken);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(0, bytes, cancellationToken).ConfigureAwait(false);
            return writer.TryCommit();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken) => new(Begin(name, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(name);
        _files.Drop(path);
        try
        {
            if (!File.Exists(path))
            {
                return new(false);
            }

            File.Delete(path);
            DurableFolder.Flush(Path.GetDirectoryName(path)!);
            return new(true);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("delete", path, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        string folder = PathOf("tmp");
        int deleted = 0;
        try
        {
            if (Directory.Exists(folder))
            {
                foreach (string path in Directory.EnumerateFiles(folder))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    deleted += File.GetLastWriteTimeUtc(path) < before.UtcDateTime && FolderWriter.TryDeleteAbandoned(path) ? 1 : 0;
                }
            }

            return new(deleted);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("clean up", folder, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    private static void Fill(OpenFile file, long offset, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(file.Handle, target, offset);
            if (read == 0)
            {
                throw new StoreException(StoreFault.Corrupt,
                    $"{file.Path} ends at byte {offset}; {target.Length} more bytes belong there.",
                    "The file was cut short after it was written. `jstore verify` lists the files that need it.");
            }

            offset += read;
            target = target[read..];
        }
    }

    private FolderWriter Begin(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        cancellationToken.ThrowIfCancellationRequested();
        string path = Path.Combine(PathOf("tmp"), PackId.New().ToString());
        try
        {
            _folders.Make(PathOf("tmp"));
            return new FolderWriter(_folders, path, PathOf(name));
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("create", path, e);
        }
    }

    private string NameOf(ref FileSystemEntry entry)
    {
        string name = Path.GetRelativePath(Place, entry.ToFullPath());
        return Path.DirectorySeparatorChar == '/' ? name : name.Replace(Path.DirectorySeparatorChar, '/');
    }

    private string PathOf(string name) => Path.Join(Place, name);
}
