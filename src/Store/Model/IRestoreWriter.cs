namespace JadaStore.Store.Model;

/// <summary>
/// A file that is being brought back; disposed without <see cref="CommitAsync"/>, it leaves no trace.
/// </summary>
public interface IRestoreWriter : IAsyncDisposable
{
    /// <summary>The next bytes of the content.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The next bytes are a hole: they read as zeros, and take no space where the target can do so.</summary>
    ValueTask SkipAsync(long length, CancellationToken cancellationToken);

    /// <summary>Sets the attributes and gives the file its name, in place of what stood there.</summary>
    ValueTask CommitAsync(CancellationToken cancellationToken);
}
