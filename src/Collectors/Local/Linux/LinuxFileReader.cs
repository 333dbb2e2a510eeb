using JadaStore.Store.Model;
using Microsoft.Win32.SafeHandles;

namespace JadaStore.Collectors.Local.Linux;

/// <summary>
/// Reads an open file up to the size that it had when it was opened: of a log that grows, the part that was there.
/// </summary>
/// <remarks>
/// A file whose size is told as 0, as <c>/proc</c> does, is read to its end. Holes are asked for only where fewer
/// bytes are kept than the file is long, and are given out from 64 KiB on: shorter ones are not worth a cut in the
/// stream.
/// </remarks>
internal sealed unsafe class LinuxFileReader : ContentReader
{
    private const int SmallestHole = 64 * 1024;
    private const int SeekData = 3;
    private const int SeekHole = 4;

    private readonly LinuxEntry _entry;
    private readonly SafeFileHandle _file;
    private readonly FileStatus _before;
    private readonly FileTime _seen;
    private long _position;
    private long _dataEnd;
    private bool _ended;

    /// <param name="entry">The file as it was listed.</param>
    /// <param name="file">The file, open; closed by this.</param>
    /// <param name="before">What it is as it was opened.</param>
    /// <param name="seen">A moment before that.</param>
    public LinuxFileReader(LinuxEntry entry, SafeFileHandle file, in FileStatus before, FileTime seen)
    {
        _entry = entry;
        _file = file;
        _before = before;
        _seen = seen;
        _dataEnd = before.Size - before.Allocated >= SmallestHole ? 0 : End;
    }

    /// <summary>Where reading ends at the latest.</summary>
    private long End => _before.Size > 0 ? _before.Size : long.MaxValue;

    /// <inheritdoc/>
    public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_ended || _position >= End)
        {
            return new(default(ContentRead));
        }

        if (_position >= _dataEnd)
        {
            long hole = NextData() - _position;
            if (hole > 0)
            {
                _position += hole;
                return new(new ContentRead(0, hole));
            }
        }

        int read = Read(buffer.Span[..(int)Math.Min(buffer.Length, _dataEnd - _position)]);
        _position += read;
        _ended = read == 0;
        return new(new ContentRead(read, 0));
    }

    /// <inheritdoc/>
    public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Syscalls.TryStatus((int)_file.DangerousGetHandle(), out FileStatus after))
        {
            throw Errno.Exception(Errno.Last);
        }

        // What changed has no fingerprint: whatever is made of it now, the next run reads it again.
        bool changed = !after.IsSameAs(_before);
        byte[] fingerprint = changed ? [] : LinuxFingerprint.Of(after, _seen);
        Entry entry = LinuxDescription.Of(_entry, _file, isPlace: false, after, fingerprint);
        return new(new ContentEnd(entry with { Size = _position }, changed));
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _file.Dispose();
        return default;
    }

    private int Read(Span<byte> buffer)
    {
        fixed (byte* to = buffer)
        {
            while (true)
            {
                nint read = Syscalls.Read(_file, to, buffer.Length, _position);
                if (read >= 0)
                {
                    return (int)read;
                }

                if (Errno.Last != Errno.Interrupted)
                {
                    throw Errno.Exception(Errno.Last);
                }
            }
        }
    }

    /// <summary>Finds the data behind the position, and where it ends.</summary>
    /// <returns>Where it begins: at the position itself when there is no hole worth giving out.</returns>
    private long NextData()
    {
        long data = Find(_position, SeekData);
        long start = data - _position >= SmallestHole ? data : _position;
        while (data < End)
        {
            long hole = Find(data, SeekHole);
            data = Find(hole, SeekData);
            if (data - hole >= SmallestHole)
            {
                _dataEnd = hole;
                return start;
            }
        }

        _dataEnd = End;
        return start;
    }

    /// <summary>
    /// Where data or a hole begins at or behind an offset; the file's end when there is none, or when the file system
    /// cannot say.
    /// </summary>
    private long Find(long offset, int whence)
    {
        if (offset >= End)
        {
            return End;
        }

        long found = Syscalls.Seek(_file, offset, whence);
        if (found >= 0)
        {
            return Math.Min(found, End);
        }

        // ENXIO: nothing but a hole up to the end. Else no holes are known, and all is data.
        return Errno.Last == Errno.NoDeviceOrAddress || whence == SeekHole ? End : offset;
    }
}
