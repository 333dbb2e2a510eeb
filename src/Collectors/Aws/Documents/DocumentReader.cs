using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Documents;

/// <summary>Reads bytes that are at hand.</summary>
internal sealed class DocumentReader(ReadOnlyMemory<byte> bytes, Entry entry) : ContentReader
{
    private int _at;

    /// <inheritdoc/>
    public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = Math.Min(buffer.Length, bytes.Length - _at);
        bytes.Slice(_at, count).CopyTo(buffer);
        _at += count;
        return new(new ContentRead(count, 0));
    }

    /// <inheritdoc/>
    public override ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken) =>
        new(new ContentEnd(entry, Changed: false));

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
