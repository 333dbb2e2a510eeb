using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>An object by one request, straight from the wire.</summary>
internal sealed class PlainSource(ObjectVersion version) : ObjectSource
{
    private readonly ObjectBytes _bytes = new(version, 0, version.Listed.Size, whole: true);

    /// <inheritdoc/>
    public override AwsResponse Headers => _bytes.First!;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _bytes.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _bytes.DisposeAsync();
}
