using JadaStore.Collectors.Aws.Requests;
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

    /// <summary>What there was instead of an answer: nothing at all, from whatever region was asked.</summary>
    public AwsException? Unanswered { get; private set; }

    /// <summary>Whether it could be listed, or is left out.</summary>
    public bool IsAnswered => State == CoverageState.Captured;

    /// <summary>How many regions gave neither an answer nor a reason that is theirs.</summary>
    public int Failures { get; private set; }

    /// <summary>Its line.</summary>
    public CoverageLine Line => State == CoverageState.Captured && _isPartial != 0
        ? new CoverageLine(area, CoverageState.Partial, Interlocked.Read(ref _count), "some of it could not be fetched")
        : new CoverageLine(
            area, State, Interlocked.Read(ref _count), Reason,
            State == CoverageState.Unsupported && folder != area ? folder : null);

    /// <summary>Notes that it could be listed, be it in another region than was asked first, and how many there
    /// are.</summary>
    public void Found(int count)
    {
        (State, Reason, Unanswered) = (CoverageState.Captured, "", null);
        Interlocked.Add(ref _count, count);
    }

    /// <summary>Notes that something of a resource could not be fetched.</summary>
    public void MarkPartial() => Interlocked.Exchange(ref _isPartial, 1);

    /// <summary>Notes that a region did not list it. Of several that is kept which says least that there is
    /// none.</summary>
    public void Fail(CoverageState state, AwsException e)
    {
        bool isFirst = IsAnswered;
        Failures += state == CoverageState.Failed ? 1 : 0;
        Unanswered = e.Status == 0 && state == CoverageState.Failed && (isFirst || Unanswered is not null) ? e : null;
        if (isFirst || Weight(state) > Weight(State))
        {
            (State, Reason) = (state, e.Message);
        }
    }

    private static int Weight(CoverageState state) => state switch
    {
        CoverageState.Unsupported => 0,
        CoverageState.Denied => 1,
        _ => 2,
    };
}
