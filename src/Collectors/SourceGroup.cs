using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors;

/// <summary>Sources of which one may be out of reach without stopping the others.</summary>
/// <remarks>
/// Such a one is empty in the snapshot and broken off at its start, with the reason named; a later diff says of nothing
/// in it that it was removed. When none of all can be reached, the last one's failure is the snapshot's.
/// </remarks>
/// <param name="count">How many sources the snapshot has; those that are not of the group count as reached.</param>
public sealed class SourceGroup(int count)
{
    private int _out;

    /// <summary>The source as one of the group.</summary>
    public ICollector Add(ICollector source) => new GroupedSource(source, this);

    /// <summary>Notes a failure; true when it was the last of all.</summary>
    internal bool IsLastOut() => Interlocked.Increment(ref _out) >= count;

    /// <summary>Whether a failure leaves the others whole.</summary>
    internal static bool Concerns(StoreException e) => e.Fault is StoreFault.SourceUnreachable;
}
