using JadaStore.Collectors.Aws.Services.Rows;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Aws.Services.Walk;

/// <summary>Says what of a service was seen, and what was not.</summary>
internal static class ServiceLedger
{
    /// <summary>Adds a fault for every folder that could not be listed.</summary>
    /// <param name="rows">The service's.</param>
    /// <param name="regions">The regions' folders, each with its kinds; the empty one is of what lies in none.</param>
    /// <param name="found">Where faults go.</param>
    public static void AddFaults(
        ServiceRows rows, IReadOnlyDictionary<string, IReadOnlyList<KindTally>> regions, FoundEntries found)
    {
        foreach ((string region, IReadOnlyList<KindTally> kinds) in regions)
        {
            foreach (KindTally kind in kinds.Where(kind => kind.State is CoverageState.Denied or CoverageState.Failed))
            {
                found.AddFolderFault(IsOne(rows, region, kinds) ? region : kind.Folder, kind.Reason);
            }
        }
    }

    /// <summary>
    /// A line for each kind of each region, one for a region that is denied or lacks the service as a whole, and one
    /// for
    /// whatever is never exported; sorted.
    /// </summary>
    public static IReadOnlyList<CoverageLine> Lines(
        ServiceRows rows, IReadOnlyDictionary<string, IReadOnlyList<KindTally>> regions) =>
    [
        .. regions
            .SelectMany(region => IsOne(rows, region.Key, region.Value)
                ? [region.Value[0].Line with { Area = region.Key, Folder = null }]
                : region.Value.Select(kind => kind.Line))
            .Concat(rows.NotExported.Select(NotExported))
            .OrderBy(line => line.State == CoverageState.NotExported)
            .ThenBy(line => line.Area, StringComparer.Ordinal)
            .ThenBy(line => line.Reason, StringComparer.Ordinal),
    ];

    // What lies in no region is a part of a service in regions, never all of it.
    private static bool IsOne(ServiceRows rows, string region, IReadOnlyList<KindTally> kinds) =>
        kinds.Count > 0 && (region.Length > 0 || rows.IsGlobal)
        && kinds[0].State is CoverageState.Denied or CoverageState.Unsupported
        && kinds.All(kind => kind.State == kinds[0].State);

    private static CoverageLine NotExported(string line)
    {
        string[] parts = line.Split(": ", 2);
        return new CoverageLine(parts[0], CoverageState.NotExported, 0, parts[1]);
    }
}
