using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>An object whose content is gathered first and then sent, by one request or in the parts that it once
/// had.</summary>
internal sealed class HeldWriter(TargetObject place, Entry entry, RestoredHeaders headers, PooledBuffer buffer)
    : IRestoreWriter
{
    private int _length;

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        bytes.Span.CopyTo(Next(bytes.Length));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        Next(length).Clear();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        if (_length != entry.Size)
        {
            throw new IOException($"its content is {_length} bytes long, not {entry.Size}");
        }

        ReadOnlyMemory<byte> content = buffer.Bytes.AsMemory(0, _length);
        long size = UploadShape.PartSize(entry, content.Span);
        if (size == 0)
        {
            await place.PutAsync(entry, headers, content, cancellationToken).ConfigureAwait(false);
            headers.RequireTags();
            return;
        }

        var upload = new MultipartUpload(place, entry, headers);
        await using (upload.ConfigureAwait(false))
        {
            for (long at = 0; at == 0 || at < _length; at += size)
            {
                upload.Add(content[(int)at..(int)Math.Min(_length, at + size)], () => { }, cancellationToken);
            }

            await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
            headers.RequireTags();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        buffer.Dispose();
        return ValueTask.CompletedTask;
    }

    private Span<byte> Next(long length)
    {
        if (length > entry.Size - _length)
        {
            throw new IOException($"its content is longer than {entry.Size} bytes");
        }

        Span<byte> next = buffer.Bytes.AsSpan(_length, (int)length);
        _length += (int)length;
        return next;
    }
}
