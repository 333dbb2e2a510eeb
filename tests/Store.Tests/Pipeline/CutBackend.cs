using JadaStore.Store.Backends;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>
/// A backend whose power goes at the N-th change: that one is done or not, and nothing comes after it.
/// </summary>
/// <param name="inner">What it stands before.</param>
/// <param name="lastChange">The change at which it is cut, from 1; 0: never.</param>
/// <param name="isDone">Whether that change is still made.</param>
internal sealed class CutBackend(IBackend inner, int lastChange, bool isDone) : IBackend
{
    public string Place => inner.Place;

    /// <summary>Changes that were asked for.</summary>
    public int Changes { get; private set; }

    public ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken) =>
        inner.ListAsync(folder, cancellationToken);

    public ValueTask<long?> TryGetLengthAsync(string name, CancellationToken cancellationToken) =>
        inner.TryGetLengthAsync(name, cancellationToken);

    public ValueTask ReadAsync(string name, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, target, cancellationToken);

    public ValueTask<byte[]?> TryReadAllAsync(string name, int most, CancellationToken cancellationToken) =>
        inner.TryReadAllAsync(name, most, cancellationToken);

    public ValueTask<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        ChangeAsync(() => inner.TryCreateAsync(name, bytes, cancellationToken));

    public async ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await ChangeAsync(async () =>
        {
            await inner.ReplaceAsync(name, bytes, cancellationToken);
            return true;
        });

    public ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken) =>
        inner.BeginAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        ChangeAsync(() => inner.DeleteAsync(name, cancellationToken));

    public ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.DeleteAbandonedAsync(before, cancellationToken);

    public ValueTask KeepAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        inner.KeepAsync(names, cancellationToken);

    public void Dispose() => inner.Dispose();

    private async ValueTask<bool> ChangeAsync(Func<ValueTask<bool>> change)
    {
        Changes++;
        bool isCut = lastChange > 0 && Changes >= lastChange;
        bool result = !isCut || (isDone && Changes == lastChange) ? await change() : false;
        return isCut ? throw new StoreException(StoreFault.Io, "The power is gone.") : result;
    }
}
