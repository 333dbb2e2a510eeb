namespace JadaStore.Store.Backends;

/// <summary>An object that is being written and has no name yet.</summary>
/// <remarks>Disposed of without having been committed, it leaves nothing.</remarks>
internal interface IBackendWriter : IAsyncDisposable
{
    /// <summary>
    /// Writes bytes at an offset. From several threads at once, as long as no two write the same bytes.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>.</exception>
    ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>
    /// Makes what was written durable and then gives it its name; once, after all writes have returned.
    /// </summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>, also when the name is taken: nothing is ever
    /// replaced.</exception>
    ValueTask CommitAsync(CancellationToken cancellationToken);
}
