namespace JadaStore.Collectors.Lambda;

/// <summary>Held bytes as a stream for reading; leaves them as they are when disposed of.</summary>
internal sealed class HeldStream(HeldBytes bytes) : Stream
{
    private long _at;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _at;
        set => _at = value >= 0 ? value : throw new IOException("before the beginning of a zip file");
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = bytes.Read(_at, buffer);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Current => _at + offset,
        SeekOrigin.End => Length + offset,
        _ => offset,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
