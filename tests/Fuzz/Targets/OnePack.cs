using JadaStore.Store;
using JadaStore.Store.Backends;

namespace JadaStore.Fuzz.Targets;

/// <summary>A backend in which every name is the same file.</summary>
/// <param name="bytes">The file.</param>
internal sealed class OnePack(byte[] bytes) : IBackend
{
    /// <inheritdoc/>
    public string Place => "memory";

    /// <inheritdoc/>
    public ValueTask<long?> TryGetLengthAsync(string name, CancellationToken cancellationToken) => new(bytes.Length);

    /// <inheritdoc/>
    public ValueTask ReadAsync(string name, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        if (offset < 0 || offset > bytes.Length - target.Length)
        {
            throw new StoreException(StoreFault.Corrupt, $"{name} ends too early.");
        }

        bytes.AsMemory((int)offset, target.Length).CopyTo(target);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> TryReadAllAsync(string name, int most, CancellationToken cancellationToken) => new(bytes);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask KeepAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
