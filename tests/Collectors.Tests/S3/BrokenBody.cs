namespace JadaStore.Collectors.Tests.S3;

/// <summary>A body that ends too early: with an error, or as if it were all.</summary>
internal sealed class BrokenBody(byte[] bytes, int length, bool error) : MemoryStream(bytes, 0, length)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer,
        CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is var count && count == 0 && error
            ? throw new IOException("connection reset") : count;
}
