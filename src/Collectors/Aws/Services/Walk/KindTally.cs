using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>What became of one kind in one region; its lines of the ledger are made of it.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="area">The kind, as a path in the source: <c>us-east-1/functions</c>.</param>
/// <param name="folder">Where its resources lie, as far as that is the same for all.</param>
internal sealed class KindTally(string area, string folder)
{
    private long _count;
    private int _isPartial;

    /// <summary>Where its resources lie.</summary>
    public string Folder => folder;

    /// <summary>Whether it could be listed, or why not.</summary>
    public CoverageState State { get; private set; } = CoverageState.Captured;

    /// <summary>Why it could not be listed; empty where it could.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>What there was instead of an answer: nothing at all.</summary>
    public Requests.AwsException? Unanswered { get; private set; }

    /// <summary>Its line.</summary>
    public CoverageLine Line => State == CoverageState.Captured && _isPartial != 0
        ? new CoverageLine(area, CoverageState.Partial, Interlocked.Read(ref _count), "some of it could not be fetched")
        : new CoverageLine(area, State, Interlocked.Read(ref _count), Reason);

    /// <summary>Notes how many there are.</summary>
    public void Found(int count) => Interlocked.Add(ref _count, count);

    /// <summary>Notes that something of a resource could not be fetched.</summary>
    public void MarkPartial() => Interlocked.Exchange(ref _isPartial, 1);

    /// <summary>Notes that it could not be listed.</summary>
    public void Fail(CoverageState state, Requests.AwsException e)
    {
        State = state;
        Reason = e.Message;
        Unanswered = e.Status == 0 && state == CoverageState.Failed ? e : null;
    }
}
