using JadaStore.Collectors.Aws.Services.Rows;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>One kind of a service, where it is asked for, and what becomes of it.</summary>
/// <param name="run">The region that is asked.</param>
/// <param name="kind">The kind.</param>
internal sealed class PlannedWalk(RegionRun run, ResourceKind kind)
{
    // What does not answer at all was waited for long. Two regions that both do not are the network's fault, or the
    // service's, not theirs.
    private const int MostFailures = 2;

    /// <summary>The region that is asked.</summary>
    public RegionRun Run => run;

    /// <summary>The regions that say the same, and are asked in turn where that one does not answer.</summary>
    public IEnumerable<RegionRun> Elsewhere { get; init; } = [];

    /// <summary>What became of it: one line, whoever answered.</summary>
    public KindTally Tally { get; } = new(
        PathText.Join(run.Folder, kind.Name), PathText.Join(run.Folder, kind.Folder.CommonFolder));

    /// <summary>Lists all there is of it and fetches what is stored.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="Store.StoreException">The whole account is out of reach.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (RegionRun one in Elsewhere.Prepend(run))
        {
            await new KindWalk(one, kind, Tally).RunAsync(one.Outside, one.Folder, cancellationToken)
                .ConfigureAwait(false);
            if (Tally.IsAnswered || Tally.Failures == MostFailures)
            {
                return;
            }
        }
    }
}
