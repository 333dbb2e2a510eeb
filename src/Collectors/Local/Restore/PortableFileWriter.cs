using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// Writes one file under a temporary name, which it exchanges for the file's own at the end; by the framework's calls.
/// </summary>
internal sealed class PortableFileWriter : IRestoreWriter
{
    private readonly string _place;
    private readonly string _temporary;
    private readonly Entry _entry;
    private readonly PortableAttributes _attributes;
    private readonly NameSpelling _spelling;
    private readonly FileStream _file;
    private bool _isCommitted;

    /// <param name="place">Where the file belongs, below folders that were looked at.</param>
    /// <param name="temporary">A free name in the same folder.</param>
    /// <param name="entry">What the file is to be.</param>
    /// <param name="attributes">Sets what the entry says.</param>
    /// <param name="spelling">Which names are one to the file system.</param>
    public PortableFileWriter(
        string place, string temporary, Entry entry, PortableAttributes attributes, NameSpelling spelling)
    {
        _place = place;
        _temporary = temporary;
        _entry = entry;
        _attributes = attributes;
        _spelling = spelling;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && entry.Mode is not null)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(temporary, options);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _file.WriteAsync(bytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (_file.Position > long.MaxValue - length)
        {
            throw new IOException("cannot write: the file would be longer than a file can be");
        }

        _file.Position += length;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_file.Position > _file.Length)
        {
            _file.SetLength(_file.Position);
        }

        string? problem = _attributes.Apply(_file.SafeFileHandle, _entry);
        await _file.DisposeAsync().ConfigureAwait(false);
        _spelling.Put(_place, () =>
        {
            if (PortablePlaces.Attributes(_place) is { } attributes && (attributes & FileAttributes.Directory) != 0)
            {
                PortablePlaces.Remove(_place);
            }

            File.Move(_temporary, _place, overwrite: true);
        });
        _isCommitted = true;
        if (problem is not null)
        {
            throw new IOException($"it was restored, but {problem}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        if (!_isCommitted)
        {
            File.Delete(_temporary);
        }
    }
}
