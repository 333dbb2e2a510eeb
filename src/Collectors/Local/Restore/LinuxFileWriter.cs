using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>Writes one file, which gets its name, and takes the place of what had it, at the end.</summary>
internal sealed class LinuxFileWriter : IRestoreWriter
{
    private const long LongHole = 1L << 30;

    private readonly LinuxPlace _place;
    private readonly Entry _entry;
    private readonly LinuxAttributes _attributes;
    private readonly bool _isDurable;
    private readonly LinuxNewFile _file;
    private long _position;
    private long _end;

    /// <param name="place">Taken over: closed with the writer.</param>
    /// <param name="entry">What the file is to be.</param>
    /// <param name="attributes">Sets what the entry says.</param>
    /// <param name="names">Gives temporary names.</param>
    /// <param name="useNameless">Whether it is tried to have no name for the file until it is whole.</param>
    /// <param name="isDurable">Whether the file is on the disk before it gets its name.</param>
    /// <exception cref="IOException">No file can be made here.</exception>
    public LinuxFileWriter(
        LinuxPlace place, Entry entry, LinuxAttributes attributes, TemporaryNames names, bool useNameless, bool isDurable)
    {
        _place = place;
        _entry = entry;
        _attributes = attributes;
        _isDurable = isDurable;

        // Nobody else may read it before it has its owner; where no entry says a mode, the process's mask decides.
        uint mode = entry.Mode is null ? 0x1B6u : 0x180u;
        _file = new LinuxNewFile(place, names, mode, useNameless);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> rest = bytes.Span;
        while (!rest.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            nint written = LinuxCalls.Write(_file.Number, rest, (nuint)rest.Length, _position);
            if (written > 0)
            {
                _position += written;
                rest = rest[(int)written..];
            }
            else if (written == 0 || LinuxCalls.Error != LinuxErrors.Interrupted)
            {
                throw LinuxErrors.Because("cannot write", LinuxCalls.Error);
            }
        }

        _end = _position;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (_position > long.MaxValue - length)
        {
            throw new IOException("cannot write: the file would be longer than a file can be");
        }

        // What the file system cannot hold it says at once of a long hole, not when all before was written and hashed.
        _position += length;
        return length < LongHole || LinuxCalls.SetLength(_file.Number, _position) == 0
            ? ValueTask.CompletedTask
            : throw LinuxErrors.Because("cannot write", LinuxCalls.Error);
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_position > _end && LinuxCalls.SetLength(_file.Number, _position) != 0)
        {
            throw LinuxErrors.Because("cannot write", LinuxCalls.Error);
        }

        string? problem = _attributes.Apply(new LinuxNode(_file.Number), _entry);
        if (_isDurable && LinuxCalls.Flush(_file.Number) != 0)
        {
            throw LinuxErrors.Because("cannot write it to the disk", LinuxCalls.Error);
        }

        _file.TakePlace();
        return problem is null
            ? ValueTask.CompletedTask
            : throw new IOException($"it was restored, but {problem}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        _place.Dispose();
        return ValueTask.CompletedTask;
    }
}
