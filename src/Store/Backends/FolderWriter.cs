namespace JadaStore.Store.Backends;

/// <summary>One file that is being written in <c>tmp/</c>.</summary>
internal sealed class FolderWriter : IBackendWriter
{
    private readonly IDisk _disk;
    private readonly MadeFolders _folders;
    private readonly string _path;
    private readonly string _target;
    private readonly IDiskFile _file;
    private bool _moved;

    /// <param name="disk">Where it is written.</param>
    /// <param name="folders">Makes the folder that the file goes to.</param>
    /// <param name="path">Where it is written; nothing is there yet.</param>
    /// <param name="target">Where it goes.</param>
    public FolderWriter(IDisk disk, MadeFolders folders, string path, string target)
    {
        (_disk, _folders, _path, _target) = (disk, folders, path, target);
        _file = disk.Create(path);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            _file.Write(bytes.Span, offset);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("write", _path, e);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!TryCommit())
        {
            throw new StoreException(StoreFault.Io, $"Cannot write {_target}: there is such a file already.",
                "jstore never replaces a file. Has something copied files into the repository?");
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>As <see cref="CommitAsync"/>, but a name that is taken is no failure.</summary>
    public bool TryCommit()
    {
        try
        {
            _file.Flush();
            _file.Dispose();                       // Windows moves no open file
            string folder = Path.GetDirectoryName(_target)!;
            _folders.Make(folder);
            _moved = _disk.TryMove(_path, _target);
            if (_moved)
            {
                _disk.FlushFolder(folder);
            }

            return _moved;
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("write", _target, e);
        }
    }

    /// <summary>Makes what was written durable and gives it the name, whatever bears it.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>.</exception>
    public void Replace()
    {
        try
        {
            _file.Flush();
            _file.Dispose();
            string folder = Path.GetDirectoryName(_target)!;
            _folders.Make(folder);
            _disk.Replace(_path, _target);
            _moved = true;
            _disk.FlushFolder(folder);
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("write", _target, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        if (!_moved)
        {
            try
            {
                _disk.Delete(_path);
            }
            catch (Exception e) when (FolderFault.Covers(e))
            {
                // It stays in tmp, where DeleteAbandonedAsync finds it; what brought us here matters more.
            }
        }

        return ValueTask.CompletedTask;
    }
}
