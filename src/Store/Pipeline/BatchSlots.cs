using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>How many batches of a snapshot are worked on at a time, whichever source they are of.</summary>
/// <remarks>
/// What lies on a disk keeps the cores busy: one batch each. What comes from a server is mostly waited for: more, so
/// that requests stay in flight while others are hashed; apart from the first, so that neither waits for the other.
/// </remarks>
internal sealed class BatchSlots : IDisposable
{
    /// <summary>How many batches of servers are in the works; each holds about <see cref="Batch.MaxBytes"/>.</summary>
    private const int Remote = 12;

    private static readonly int Local = Math.Max(2, Environment.ProcessorCount);

    private readonly SemaphoreSlim _local = new(Local);
    private readonly SemaphoreSlim _remote = new(Remote);

    /// <summary>What to hold while a batch of that source is worked on.</summary>
    public SemaphoreSlim For(ICollector collector) => collector.ReadsAtOnce > 0 ? _remote : _local;

    /// <summary>How many of its batches there can be at a time.</summary>
    public static int CountFor(ICollector collector) => collector.ReadsAtOnce > 0 ? Remote : Local;

    /// <inheritdoc/>
    public void Dispose()
    {
        _local.Dispose();
        _remote.Dispose();
    }
}
