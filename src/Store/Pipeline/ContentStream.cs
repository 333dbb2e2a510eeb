using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Writes content to a stream, holes as zeros.</summary>
internal sealed class ContentStream(Stream stream) : IRestoreWriter
{
    private static readonly byte[] Zeros = new byte[64 * 1024];

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        stream.WriteAsync(bytes, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        for (long rest = length; rest > 0; rest -= Zeros.Length)
        {
            await stream.WriteAsync(Zeros.AsMemory(0, (int)Math.Min(rest, Zeros.Length)), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
