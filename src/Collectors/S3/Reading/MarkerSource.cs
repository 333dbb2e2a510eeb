using JadaStore.Collectors.Aws.Requests;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>A delete marker as if it were an object: no bytes, and headers that say what it is.</summary>
internal sealed class MarkerSource(ObjectVersion version) : ObjectSource
{
    /// <inheritdoc/>
    public override AwsResponse Headers { get; } = new(
        200, [new("x-amz-delete-marker", "true"), new("x-amz-version-id", version.Listed.VersionId ?? "null")],
            Stream.Null);

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => new(0);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
