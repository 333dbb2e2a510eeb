using JadaStore.Store.Locks;
using JadaStore.Store.Packs;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Prune;

/// <summary>What is to become of each pack, once it is known what is needed of it.</summary>
internal sealed record PruneChoice
{
    // Each snapshot leaves a pack of content and one of pages, however little changed. So many small ones may lie about
    // before they are joined; a small one has less than this part of a full pack's bytes, and of its chunks: packs that
    // are full of tiny chunks are short, and joined they would be as short again.
    private const int MostSmall = 32, SmallPart = 4;

    /// <summary>Condemned packs that a snapshot needs.</summary>
    public required IReadOnlyList<PackLife> Revive { get; init; }

    /// <summary>Packs that no snapshot needs but, maybe, forgotten ones.</summary>
    public required IReadOnlyList<PackLife> Condemn { get; init; }

    /// <summary>Packs whose needed part is to be copied, or that are to be joined.</summary>
    public required IReadOnlyList<PackLife> Rewrite { get; init; }

    /// <summary>Packs that nothing needs yet, as a running session writes them.</summary>
    public required IReadOnlyList<HeldPacks> Held { get; init; }

    /// <summary>Chooses.</summary>
    /// <param name="table">With everything marked.</param>
    /// <param name="sessions">Those that run.</param>
    /// <param name="request">What is wanted.</param>
    public static PruneChoice Of(PackTable table, IReadOnlyList<RunningSession> sessions, PruneRequest request)
    {
        var writers = new Dictionary<string, RunningSession>(StringComparer.Ordinal);
        foreach (RunningSession session in sessions)
        {
            foreach (string pack in session.Packs())
            {
                writers[pack] = session;
            }
        }

        ILookup<bool, PackLife> unneeded = table.All.Where(pack => !pack.IsCondemned && pack.VisibleBytes == 0)
            .ToLookup(pack => writers.ContainsKey(pack.Id.ToString()));
        return new PruneChoice
        {
            Revive = [.. table.All.Where(pack => pack.IsCondemned && pack.VisibleBytes > 0)],
            Condemn = [.. unneeded[false]],
            Rewrite = ToRewrite([.. table.All.Where(pack => !pack.IsCondemned && pack.VisibleBytes > 0)], request),
            Held = [.. unneeded[true].GroupBy(pack => writers[pack.Id.ToString()].Name).Select(group =>
                new HeldPacks(group.Key, group.Aggregate(default(PackTally), (sum, pack) => sum.With(pack.Length))))],
        };
    }

    private static List<PackLife> ToRewrite(List<PackLife> needed, PruneRequest request)
    {
        List<PackLife> sparse = [.. needed.Where(pack => pack.LiveBytes < request.LiveShare * pack.RawBytes)];
        IEnumerable<PackLife> small = needed.Except(sparse)
            .Where(pack => pack.Length < PackWriter.DefaultTargetSize / SmallPart && pack.Chunks < PackWriter.MostChunks / SmallPart)
            .GroupBy(pack => pack.Purpose).Where(group => group.Count() > MostSmall).SelectMany(group => group);

        // Where least has to be copied for what is freed comes first; then, that equal runs choose equally, by age.
        var chosen = new List<PackLife>();
        long left = request.MaxRewrite ?? long.MaxValue;
        foreach (PackLife pack in sparse.OrderBy(pack => (double)pack.LiveBytes / pack.RawBytes).ThenBy(pack => pack.Order)
            .Concat(small.OrderBy(pack => pack.Order)))
        {
            if (pack.LiveBytes <= left)
            {
                chosen.Add(pack);
                left -= pack.LiveBytes;
            }
        }

        return chosen;
    }
}
