using JadaStore.Store.Backends;

namespace JadaStore.Store.Tests.Backends;

/// <summary>
/// A backend that tells of each call before it is made; what is told may do anything meanwhile, or throw.
/// </summary>
internal sealed class HookedBackend(IBackend inner) : IBackend
{
    /// <summary>Told what is about to be done, and to what.</summary>
    public Func<string, string, Task> OnCall { get; set; } = (_, _) => Task.CompletedTask;

    public string Place => inner.Place;

    public async ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        await OnCall("list", folder);
        return await inner.ListAsync(folder, cancellationToken);
    }

    public async ValueTask<long?> TryGetLengthAsync(string name, CancellationToken cancellationToken)
    {
        await OnCall("length", name);
        return await inner.TryGetLengthAsync(name, cancellationToken);
    }

    public async ValueTask ReadAsync(string name, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        await OnCall("read", name);
        await inner.ReadAsync(name, offset, target, cancellationToken);
    }

    public async ValueTask<byte[]?> TryReadAllAsync(string name, int most, CancellationToken cancellationToken)
    {
        await OnCall("read", name);
        return await inner.TryReadAllAsync(name, most, cancellationToken);
    }

    public async ValueTask<bool> TryCreateAsync(
        string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await OnCall("create", name);
        return await inner.TryCreateAsync(name, bytes, cancellationToken);
    }

    public async ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await OnCall("replace", name);
        await inner.ReplaceAsync(name, bytes, cancellationToken);
    }

    public async ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken)
    {
        await OnCall("begin", name);
        return new Writer(this, name, await inner.BeginAsync(name, cancellationToken));
    }

    public async ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await OnCall("delete", name);
        return await inner.DeleteAsync(name, cancellationToken);
    }

    public async ValueTask KeepAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        await OnCall("keep", "packs");
        await inner.KeepAsync(names, cancellationToken);
    }

    public ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.DeleteAbandonedAsync(before, cancellationToken);

    // What it stands before belongs to the test and is used again.
    public void Dispose()
    {
    }

    private sealed class Writer(HookedBackend hooked, string name, IBackendWriter inner) : IBackendWriter
    {
        public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            await hooked.OnCall("write", name);
            await inner.WriteAsync(offset, bytes, cancellationToken);
        }

        public async ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            await hooked.OnCall("commit", name);
            await inner.CommitAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
