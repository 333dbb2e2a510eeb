using System.Collections.Concurrent;
using JadaStore.Store.Backends;

namespace JadaStore.Store.Tests.Packs;

/// <summary>
/// A repository in memory, whose bytes tests may change, and whose writes and commits can be made to fail.
/// </summary>
internal sealed class MemoryBackend : IBackend
{
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>Called before each write with its offset; throws to make it fail.</summary>
    public Func<long, ValueTask> OnWrite { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>Called before each commit with the name; throws to make it fail.</summary>
    public Func<string, ValueTask> OnCommit { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>Writers begun and neither committed nor disposed of: what a kill would leave in tmp.</summary>
    public int Unfinished;

    public string Place => "memory";

    public ValueTask<IReadOnlyList<BackendObject>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.Check(folder);
        return new([.. Objects.Where(o => o.Key.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(o => new BackendObject(o.Key, o.Value.Length)).OrderBy(o => o.Name, StringComparer.Ordinal)]);
    }

    public ValueTask<long?> TryGetLengthAsync(string name, CancellationToken cancellationToken) =>
        new(Objects.TryGetValue(name, out byte[]? bytes) ? bytes.Length : null);

    public ValueTask ReadAsync(string name, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        if (!Objects.TryGetValue(name, out byte[]? bytes) || offset > bytes.Length
            || target.Length > bytes.Length - offset)
        {
            throw new StoreException(StoreFault.Corrupt, $"{name} is missing or too short.");
        }

        bytes.AsMemory((int)offset, target.Length).CopyTo(target);
        return ValueTask.CompletedTask;
    }

    public ValueTask<byte[]?> TryReadAllAsync(string name, int most, CancellationToken cancellationToken) =>
        !Objects.TryGetValue(name, out byte[]? bytes) ? new((byte[]?)null)
        : bytes.Length <= most ? new([.. bytes])
        : throw new StoreException(StoreFault.Corrupt, $"{name} is too long.");

    public ValueTask<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return new(Objects.TryAdd(name, bytes.ToArray()));
    }

    public async ValueTask ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        await OnWrite(0);
        await OnCommit(name);
        Objects[name] = bytes.ToArray();
    }

    public ValueTask<IBackendWriter> BeginAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        Interlocked.Increment(ref Unfinished);
        return new(new Writer(this, name));
    }

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return new(Objects.TryRemove(name, out _));
    }

    public ValueTask KeepAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask<int> DeleteAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken) => new(0);

    public void Dispose()
    {
    }

    private sealed class Writer(MemoryBackend backend, string name) : IBackendWriter
    {
        private readonly Lock _lock = new();
        private readonly List<(long Start, long End)> _written = [];
        private byte[] _bytes = [];
        private bool _over;

        public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await backend.OnWrite(offset);
            lock (_lock)
            {
                Assert.DoesNotContain(_written, w => offset < w.End && w.Start < offset + bytes.Length);
                _written.Add((offset, offset + bytes.Length));
                Array.Resize(ref _bytes, (int)Math.Max(_bytes.Length, offset + bytes.Length));
                bytes.CopyTo(_bytes.AsMemory((int)offset));
            }
        }

        public async ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await backend.OnCommit(name);
            Assert.Equal(_bytes.Length, _written.Sum(w => w.End - w.Start));        // no gap
            if (!backend.Objects.TryAdd(name, _bytes))
            {
                throw new StoreException(StoreFault.Io, $"{name} is taken.");
            }
        }

        public ValueTask DisposeAsync()
        {
            if (!_over)
            {
                _over = true;
                Interlocked.Decrement(ref backend.Unfinished);
            }

            return ValueTask.CompletedTask;
        }
    }
}
