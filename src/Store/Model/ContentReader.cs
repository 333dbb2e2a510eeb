namespace JadaStore.Store.Model;

/// <summary>A file that is open for reading, from its start to its end.</summary>
public abstract class ContentReader : IAsyncDisposable
{
    /// <summary>The next bytes, or the next hole.</summary>
    /// <param name="buffer">Filled from its start; at least 1 byte long.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>A default value at the end of the file.</returns>
    public abstract ValueTask<ContentRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Asked once at the end: what the file is, and whether it changed since it was opened.</summary>
    public abstract ValueTask<ContentEnd> FinishAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
