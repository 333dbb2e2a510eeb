using System.Text;

namespace JadaStore.Store.Model;

/// <summary>Which regions of a service a snapshot looked at, as its ledger tells.</summary>
internal static class TakenRegions
{
    /// <summary>The regions that it looked at, each once; none for what is not in regions.</summary>
    /// <remarks>One that is denied was looked at; one that lacks the service, or that the account has switched off, was
    /// not: what was there may be there still.</remarks>
    public static IEnumerable<string> Of(SnapshotSource source) => Regions(
        source, state => state is not (CoverageState.NotExported or CoverageState.Unsupported));

    /// <summary>Those of them of which something could be listed.</summary>
    public static IEnumerable<string> Listed(SnapshotSource source) => Regions(
        source, state => state is CoverageState.Captured or CoverageState.Partial);

    /// <summary>The region that a path lies in, by its name; null where it lies in none.</summary>
    /// <param name="path">In the source.</param>
    public static string? At(EntryPath path)
    {
        int slash = path.Span.IndexOf((byte)'/');
        return slash > 0 && Encoding.UTF8.GetString(path.Span[..slash]) is var first && RegionName.Is(first)
            ? first
            : null;
    }

    // Lines are in the order of their areas, so that those of one region mostly follow each other. All ledgers of a
    // repository may be walked: no line of a region but its first is cut into parts.
    private static IEnumerable<string> Regions(SnapshotSource source, Func<CoverageState, bool> isTaken) =>
        Starts(source, isTaken).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Starts(SnapshotSource source, Func<CoverageState, bool> isTaken)
    {
        string? last = null;
        foreach (CoverageLine line in source.Coverage)
        {
            if (isTaken(line.State) && !(last is not null && line.Area.StartsWith(last, StringComparison.Ordinal)
                    && (line.Area.Length == last.Length || line.Area[last.Length] == '/'))
                && RegionName.Split(line.Area).Region is { } region)
            {
                last = region;
                yield return region;
            }
        }
    }
}
