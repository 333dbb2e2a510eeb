using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>A part of a source, and the snapshot that it is compared with: the newest that has it.</summary>
/// <remarks>
/// A source in regions has as many parts as there are snapshots that were the last to look at one of them: after a
/// snapshot of one region the others are compared with the one before that.
/// </remarks>
/// <param name="Before">The source in that snapshot.</param>
/// <param name="Regions">The regions; empty text for what lies in none.</param>
internal sealed record ComparedPart(NewestSource Before, IReadOnlySet<string> Regions)
{
    /// <summary>The parts, those of newer snapshots first; none where no snapshot has the source.</summary>
    /// <param name="now">The source now; what it did not look at is in no part.</param>
    /// <param name="earlier">All snapshots.</param>
    public static IReadOnlyList<ComparedPart> Of(SnapshotSource now, EarlierSources earlier)
    {
        if (NewestSource.Of(now.Root, earlier) is not { } newest)
        {
            return [];
        }

        // What nobody looked at before has nothing to lose, wherever it is counted.
        return
        [
            .. TakenRegions.Of(now).Append("")
                .GroupBy(region => region.Length == 0 ? newest : NewestSource.Of(now.Root, region, earlier) ?? newest)
                .Select(part => new ComparedPart(part.Key, part.ToHashSet(StringComparer.Ordinal)))
                .OrderByDescending(part => part.Before.Snapshot.Record.Time),
        ];
    }

    /// <summary>Whether all that the earlier snapshot has is in this part.</summary>
    public bool IsWhole { get; } = Regions.Contains("") && TakenRegions.Of(Before.Source).All(Regions.Contains);

    /// <summary>Whether a path lies in it.</summary>
    /// <param name="path">In the source.</param>
    public bool Has(EntryPath path) => IsWhole || Regions.Contains(TakenRegions.At(path) ?? "");
}
