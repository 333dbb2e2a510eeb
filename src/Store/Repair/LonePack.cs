using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Repair;

/// <summary>
/// One pack whose bytes are in memory, for a <see cref="PackReader"/> to read; nothing can be written.
/// </summary>
internal sealed class LonePack(PackId pack, ReadOnlyMemory<byte> bytes) : IBackend
{
    private readonly string _name = PackName.Of(pack);

    /// <inheritdoc/>
    public string Place => _name;

    /// <inheritdoc/>
    public ValueTask<long?> TryGetLengthAsync(string name, CancellationToken cancellationToken) =>
        new(name == _name ? bytes.Length : null);

    /// <inheritdoc/>
    public ValueTask ReadAsync(string name, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (name != _name || offset > bytes.Length || target.Length > bytes.Length - offset)
        {
            throw new StoreException(StoreFault.Corrupt, $"{name} ends before byte {offset + target.Length}.");
        }

        bytes.Slice((int)offset, target.Length).CopyTo(target);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken) =>
        throw Refuse();

    /// <inheritdoc/>
    public ValueTask<byte[]?> TryReadAllAsync(string name, int most, CancellationToken cancellationToken) =>
        throw Refuse();

    /// <inheritdoc/>
    public ValueTask<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => throw Refuse();

    /// <inheritdoc/>
    public ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        throw Refuse();

    /// <inheritdoc/>
    public ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken) => throw Refuse();

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) => throw Refuse();

    /// <inheritdoc/>
    public ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        throw Refuse();

    /// <inheritdoc/>
    public ValueTask KeepAsync(IEnumerable<string> names, CancellationToken cancellationToken) => throw Refuse();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static NotSupportedException Refuse() => new("A pack in memory can only be read.");
}
