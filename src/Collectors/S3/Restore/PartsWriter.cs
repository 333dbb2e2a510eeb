using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>An object that is sent in parts while it is read; it stands in the bucket once all are there.</summary>
/// <remarks>Memory: a part that is filled and <see cref="AtOnce"/> that are on their way, all within the
/// budget.</remarks>
internal sealed class PartsWriter(TargetObject place, Entry entry, RestoredHeaders headers, BufferBudget budget)
    : IRestoreWriter
{
    /// <summary>Parts of one object on their way: 4.</summary>
    public const int AtOnce = 4;

    private readonly long _size = UploadShape.PartSize(entry);
    private readonly MultipartUpload _upload = new(place, entry, headers);
    private PooledBuffer? _part;
    private int _filled;
    private long _length;

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            Memory<byte> free = await FreeAsync(bytes.Length, cancellationToken).ConfigureAwait(false);
            bytes[..free.Length].CopyTo(free);
            bytes = bytes[free.Length..];
        }
    }

    /// <inheritdoc/>
    public async ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            Memory<byte> free = await FreeAsync(length, cancellationToken).ConfigureAwait(false);
            free.Span.Clear();
            length -= free.Length;
        }
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (_length != entry.Size)
        {
            throw new IOException($"its content is {_length} bytes long, not {entry.Size}");
        }

        Send(cancellationToken);
        await _upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
        headers.RequireTags();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _upload.DisposeAsync().ConfigureAwait(false);
        _part?.Dispose();
    }

    // The next place for at most as many bytes; taken to be filled.
    private async ValueTask<Memory<byte>> FreeAsync(long most, CancellationToken cancellationToken)
    {
        if (_filled == _size)
        {
            Send(cancellationToken);
        }

        if (_part is null)
        {
            await _upload.WaitAsync(AtOnce - 1).ConfigureAwait(false);
            _part = await budget.TakeAsync(_size, cancellationToken).ConfigureAwait(false);
            _filled = 0;
        }

        int count = (int)Math.Min(most, _size - _filled);
        Memory<byte> free = _part.Bytes.AsMemory(_filled, count);
        _filled += count;
        _length += count;
        return free;
    }

    private void Send(CancellationToken cancellationToken)
    {
        if (_part is { } part)
        {
            _part = null;
            _upload.Add(part.Bytes.AsMemory(0, _filled), part.Dispose, cancellationToken);
            _filled = 0;
        }
    }
}
