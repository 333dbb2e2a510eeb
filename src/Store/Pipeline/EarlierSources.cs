using System.Collections.Concurrent;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>The sources of all snapshots, by their roots.</summary>
/// <remarks>Thread-safe. The ledgers of a source are walked once, when its regions are first asked for, however often
/// that is.</remarks>
/// <param name="snapshots">All, oldest first.</param>
internal sealed class EarlierSources(IReadOnlyList<Snapshot> snapshots)
{
    private readonly ILookup<string, NewestSource> _byRoot = snapshots.Reverse()
        .SelectMany(snapshot => snapshot.Record.Sources.Select(source => new NewestSource(snapshot, source)))
        .ToLookup(one => one.Source.Root, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, RegionHistory> _regions = new(StringComparer.Ordinal);

    /// <summary>All snapshots, oldest first.</summary>
    public IReadOnlyList<Snapshot> Snapshots => snapshots;

    /// <summary>One source in each snapshot that has it, newest first.</summary>
    public IEnumerable<NewestSource> Of(string root) => _byRoot[root];

    /// <summary>Which of those was the newest to see something of each region.</summary>
    public RegionHistory RegionsOf(string root) => _regions.GetOrAdd(root, _ => RegionHistory.Of(_byRoot[root]));
}
