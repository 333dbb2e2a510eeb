using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Beside which snapshots a source is taken: what one of them has as it is now is not read again.</summary>
/// <remarks>
/// The newest alone would not do where it is of a part: of one region, without what was excluded then, without what
/// could not be read. What it lacks may be in an older one, as it is now.
/// </remarks>
internal static class ParentChoice
{
    /// <summary>
    /// <see cref="NewestSource"/>, then each older one that has what none before it has: a region, what a rule left
    /// out of all those, or, where none of those is complete, all there was.
    /// </summary>
    /// <param name="root">The source's root.</param>
    /// <param name="earlier">All snapshots.</param>
    /// <returns>As many as there are regions and rules at the very most; mostly one. None where no snapshot has
    /// it.</returns>
    public static IReadOnlyList<SnapshotSource> Of(string root, EarlierSources earlier)
    {
        if (NewestSource.Of(root, earlier) is not { } newest)
        {
            return [];
        }

        List<SnapshotSource> chosen = [newest.Source];
        HashSet<string> regions = [.. TakenRegions.Listed(newest.Source)];
        List<string> leftOut = [.. newest.Source.Excluded];
        bool complete = newest.Source.Complete;
        IEnumerable<SnapshotSource> listed = earlier.Of(root).Select(one => one.Source)
            .Where(source => source.UnlistedAfter is null && source.Tree is not null);
        foreach (SnapshotSource source in listed)
        {
            if ((source.Complete && !complete)
                || leftOut.Exists(rule => !source.Excluded.Contains(rule))
                || earlier.RegionsOf(root).NewestOf(source).Any(region => !regions.Contains(region)))
            {
                chosen.Add(source);
                regions.UnionWith(TakenRegions.Listed(source));
                leftOut.RemoveAll(rule => !source.Excluded.Contains(rule));
                complete |= source.Complete;
            }
        }

        return chosen;
    }
}
