using System.Text.Json.Serialization;

namespace JadaStore.Store.Model;

/// <summary>Lines of a ledger that differ in their area alone, as a snapshot's record keeps them.</summary>
/// <remarks>An account has some thousand lines, most of them of empty parts of regions: they share all else.</remarks>
/// <param name="State">What became of each.</param>
/// <param name="Count">How many resources were found in each.</param>
/// <param name="Areas">Which parts, sorted.</param>
/// <param name="Reason">Why they are not captured; null where they are.</param>
/// <param name="Folder">Where they lie in the source; null: each at its area.</param>
internal sealed record CoverageGroup(
    CoverageState State,
    long Count,
    IReadOnlyList<string> Areas,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Folder = null)
{
    /// <summary>The lines in groups, in the order of the first area of each; null when there is none.</summary>
    public static IReadOnlyList<CoverageGroup>? Of(IReadOnlyList<CoverageLine> lines) => lines.Count == 0 ? null :
    [
        .. InOrder(lines).GroupBy(line => (line.State, line.Count, line.Reason, line.Folder))
            .Select(group => new CoverageGroup(
            group.Key.State, group.Key.Count, [.. group.Select(line => line.Area)],
            group.Key.Reason.Length == 0 ? null : group.Key.Reason, group.Key.Folder)),
    ];

    /// <summary>
    /// The lines that were grouped, by area; areas that are null, as a hostile record may have them, are left out.
    /// </summary>
    public static IReadOnlyList<CoverageLine> LinesOf(IReadOnlyList<CoverageGroup>? groups) =>
    [
        .. InOrder((groups ?? []).Where(group => group is not null).SelectMany(group => group.Areas
            .Where(area => area is not null)
            .Select(area => new CoverageLine(area, group.State, group.Count, group.Reason ?? "", group.Folder)))),
    ];

    /// <summary>Sorted by area; whatever order a collector found them in, equal ledgers are equal.</summary>
    public static IEnumerable<CoverageLine> InOrder(IEnumerable<CoverageLine> lines) => lines
        .OrderBy(line => line.Area, StringComparer.Ordinal).ThenBy(line => line.State).ThenBy(line => line.Count)
        .ThenBy(line => line.Reason, StringComparer.Ordinal).ThenBy(line => line.Folder, StringComparer.Ordinal);
}
