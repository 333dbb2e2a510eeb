using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>How far a walk is; asked by any thread.</summary>
/// <param name="unit">What is counted.</param>
internal sealed class WalkCounts(string unit)
{
    private long _total;
    private long _done;

    /// <summary>Now.</summary>
    public SourceItems Items => new(unit, Interlocked.Read(ref _done), Interlocked.Read(ref _total));

    /// <summary>Notes that there are more.</summary>
    public void Add(int count) => Interlocked.Add(ref _total, count);

    /// <summary>Notes that one is done.</summary>
    public void Done() => Interlocked.Increment(ref _done);
}
