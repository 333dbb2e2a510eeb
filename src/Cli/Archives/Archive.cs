using JadaStore.Store.Model;

namespace JadaStore.Cli.Archives;

/// <summary>An archive that is written as its entries come, in path order.</summary>
/// <remarks>Names are text there: bytes that are no UTF-8 are written as <c>\xNN</c>.</remarks>
internal abstract class Archive : IAsyncDisposable
{
    /// <summary>Adds one entry.</summary>
    /// <returns>False when it cannot be held: a socket, a file that was never read.</returns>
    public abstract ValueTask<bool> AddAsync(Found found, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
