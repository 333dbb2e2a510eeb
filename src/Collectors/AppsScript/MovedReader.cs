using JadaStore.Store.Model;

namespace JadaStore.Collectors.AppsScript;

/// <summary>Reads an entry of another source, under a folder of this one.</summary>
internal sealed class MovedReader(ContentReader reader, EntryPath above) : ContentReader
{
    /// <inheritdoc/>
    public override ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        reader.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken)
    {
        ContentEnd end = await reader.FinishAsync(cancellationToken).ConfigureAwait(false);
        return end with { Entry = MovedEntry.Move(end.Entry, above) };
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => reader.DisposeAsync();
}
