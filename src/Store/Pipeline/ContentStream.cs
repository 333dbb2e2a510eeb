using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Writes content to a stream, holes as zeros.</summary>
internal sealed class ContentStream(Stream stream) : IRestoreWriter
{
    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        stream.WriteAsync(bytes, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        foreach (ReadOnlyMemory<byte> piece in Zeros.Of(length))
        {
            await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
