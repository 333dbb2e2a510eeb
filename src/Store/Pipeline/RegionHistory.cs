using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>For each region of a source the newest snapshot that saw something of it.</summary>
internal sealed class RegionHistory
{
    private readonly Dictionary<string, NewestSource> _listed = new(StringComparer.Ordinal);
    private readonly Dictionary<SnapshotSource, List<string>> _kept = new(ReferenceEqualityComparer.Instance);

    /// <summary>Walks all ledgers.</summary>
    /// <param name="source">The source in each snapshot that has it, newest first.</param>
    public static RegionHistory Of(IEnumerable<NewestSource> source)
    {
        var history = new RegionHistory();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (NewestSource one in source.Where(one => one.Source.UnlistedAfter is null))
        {
            foreach (string region in TakenRegions.Listed(one.Source))
            {
                history._listed.TryAdd(region, one);
                if (one.Source.Tree is not null && kept.Add(region))
                {
                    history.KeptBy(one.Source).Add(region);
                }
            }
        }

        return history;
    }

    /// <summary>The newest that came to its end and could list something of the region; null where none did.</summary>
    public NewestSource? Listed(string region) => _listed.GetValueOrDefault(region);

    /// <summary>The regions of which this is the newest that came to its end, could list something of them, and has
    /// entries.</summary>
    public IReadOnlyList<string> NewestOf(SnapshotSource source) => _kept.GetValueOrDefault(source, []);

    private List<string> KeptBy(SnapshotSource source)
    {
        if (!_kept.TryGetValue(source, out List<string>? regions))
        {
            _kept[source] = regions = [];
        }

        return regions;
    }
}
