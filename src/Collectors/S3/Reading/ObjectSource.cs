using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>An object's bytes in order, however they are fetched.</summary>
internal abstract class ObjectSource : IAsyncDisposable
{
    /// <summary>The answer with the object's headers; there once a read has returned.</summary>
    public abstract AwsResponse Headers { get; }

    /// <summary>The next bytes; 0 at the end.</summary>
    /// <exception cref="IOException">They cannot be had.</exception>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
