using System.Buffers;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>A rented buffer; cleared when it is given back.</summary>
/// <param name="bytes">From the shared pool.</param>
/// <param name="release">Called once.</param>
internal sealed class PooledBuffer(byte[] bytes, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>The bytes; may be longer than was asked for.</summary>
    public byte[] Bytes => bytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _release, null) is { } once)
        {
            bytes.AsSpan().Clear();
            ArrayPool<byte>.Shared.Return(bytes);
            once();
        }
    }
}
