using Microsoft.Win32.SafeHandles;

namespace JadaStore.Store.Backends;

/// <summary>One file that is being written in <c>tmp/</c>.</summary>
internal sealed class FolderWriter : IBackendWriter
{
    private readonly MadeFolders _folders;
    private readonly string _path;
    private readonly string _target;
    private readonly FileStream _stream;
    private readonly SafeFileHandle _file;
    private bool _moved;

    /// <param name="folders">Makes the folder that the file goes to.</param>
    /// <param name="path">Where it is written; nothing is there yet.</param>
    /// <param name="target">Where it goes.</param>
    public FolderWriter(MadeFolders folders, string path, string target)
    {
        _folders = folders;
        _path = path;
        _target = target;
        // Shared with nobody: that is a lock which the system drops when a process dies; see TryDeleteAbandoned.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _stream = new FileStream(path, options);
        _file = _stream.SafeFileHandle;
    }

    /// <summary>Deletes a file in <c>tmp/</c> unless its writer still lives.</summary>
    public static bool TryDeleteAbandoned(string path)
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
    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            RandomAccess.Write(_file, bytes.Span, offset);
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
            RandomAccess.FlushToDisk(_file);
            _stream.Dispose();                     // Windows moves no open file
            string folder = Path.GetDirectoryName(_target)!;
            _folders.Make(folder);
            _moved = DurableFolder.TryMove(_path, _target);
            if (_moved)
            {
                DurableFolder.Flush(folder);
            }

            return _moved;
        }
        catch (Exception e) when (FolderFault.Covers(e))
        {
            throw FolderFault.Wrap("write", _target, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        if (!_moved)
        {
            try
            {
                File.Delete(_path);
            }
            catch (Exception e) when (FolderFault.Covers(e))
            {
                // It stays in tmp, where DeleteAbandonedAsync finds it; what brought us here matters more.
            }
        }

        return ValueTask.CompletedTask;
    }
}
