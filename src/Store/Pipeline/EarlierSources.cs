using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>The sources of all snapshots, by their roots.</summary>
/// <param name="snapshots">All, oldest first.</param>
internal sealed class EarlierSources(IReadOnlyList<Snapshot> snapshots)
{
    private readonly ILookup<string, NewestSource> _byRoot = snapshots.Reverse()
        .SelectMany(snapshot => snapshot.Record.Sources.Select(source => new NewestSource(snapshot, source)))
        .ToLookup(one => one.Source.Root, StringComparer.Ordinal);

    /// <summary>All snapshots, oldest first.</summary>
    public IReadOnlyList<Snapshot> Snapshots => snapshots;

    /// <summary>One source in each snapshot that has it, newest first.</summary>
    public IEnumerable<NewestSource> Of(string root) => _byRoot[root];
}
