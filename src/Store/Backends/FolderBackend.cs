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

    private readonly IDisk _disk;
    private readonly OpenFiles _files;
    private readonly MadeFolders _folders;

    /// <param name="folder">The repository; made when something is first written.</param>
    public FolderBackend(string folder) : this(folder, new SystemDisk())
    {
    }

    /// <param name="folder">The repository; made when something is first written.</param>
    /// <param name="disk">The file system that it is on.</param>
    public FolderBackend(string folder, IDisk disk)
    {
        Place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _disk = disk;
        _files = new OpenFiles(disk, MostOpenFiles);
        _folders = new MadeFolders(disk, Place);
    }

    /// <inheritdoc/>
    public string Place { get; }

    /// <summary>
    /// The names of the files and folders right in the folder, whoever made them; none where it is not there.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>.</exception>
    public IReadOnlyList<string> NamesAtTop()
    {
        try
        {
            return _disk.NamesIn(Place);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("list", Place, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.Check(folder);
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(folder);
        try
        {
            // What a file manager leaves lying about, such as .DS_Store, is no object.
            List<BackendObject> objects = [.. _disk.FilesBelow(path, DeepestFolder)
                .Select(file => new BackendObject(NameOf(file.Path), file.Length)).Where(
                    found => ObjectName.IsValid(found.Name))];
            objects.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return new(objects);
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
            return new(_disk.LengthOf(path));
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
                "Something other than jstore removed it. " + DamageHint.Structure, e);
        }
        catch (IOException e) when (FolderFault.IsOfTheseBytes(e))
        {
            throw FolderFault.Unreadable(path, offset, target.Length, e);
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
    public async ValueTask<bool> TryCreateAsync(
        string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        FolderWriter writer = Begin(name, cancellationToken);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(0, bytes, cancellationToken).ConfigureAwait(false);
            return writer.TryCommit();
        }
    }

    /// <inheritdoc/>
    public async ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        FolderWriter writer = Begin(name, cancellationToken);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(0, bytes, cancellationToken).ConfigureAwait(false);
            writer.Replace();
            _files.Drop(PathOf(name));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken) =>
        new(Begin(name, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(name);
        _files.Drop(path);
        try
        {
            // Flushed also where it is gone: whoever deleted it may have been killed before that was durable.
            string folder = Path.GetDirectoryName(path)!;
            bool existed = _disk.LengthOf(path) is not null;
            if (existed)
            {
                _disk.Delete(path);
            }

            if (existed || _disk.FolderExists(folder))
            {
                _disk.FlushFolder(folder);
            }

            return new(existed);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("delete", path, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask KeepAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (string folder in names.Select(name => Path.GetDirectoryName(PathOf(name))!).Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                _folders.Make(folder);
                _disk.FlushFolder(folder);
            }
            catch (Exception e) when (FolderFault.Covers(e))
            {
                throw FolderFault.Wrap("flush", folder, e);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        string folder = PathOf("tmp");
        int deleted = 0;
        try
        {
            foreach (string name in _disk.NamesIn(folder))
            {
                cancellationToken.ThrowIfCancellationRequested();
                string path = Path.Combine(folder, name);
                deleted += _disk.WrittenAt(path) < before && _disk.TryDeleteAbandoned(path) ? 1 : 0;
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
            int read = file.Handle.Read(target, offset);
            if (read == 0)
            {
                throw new StoreException(StoreFault.Corrupt,
                    $"{file.Path} ends at byte {offset}; {target.Length} more bytes belong there.",
                    "The file was cut short after it was written. " + DamageHint.Structure);
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
            return new FolderWriter(_disk, _folders, path, PathOf(name));
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("create", path, e);
        }
    }

    private string NameOf(string path)
    {
        string name = Path.GetRelativePath(Place, path);
        return Path.DirectorySeparatorChar == '/' ? name : name.Replace(Path.DirectorySeparatorChar, '/');
    }

    private string PathOf(string name) => Path.Join(Place, name);
}
