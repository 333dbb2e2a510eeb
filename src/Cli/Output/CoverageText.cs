using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>The ledger of a snapshot in a few words.</summary>
internal static class CoverageText
{
    private const int Shown = 3;

    /// <summary><c>complete</c>, <c>partial</c>, <c>partial: 2 denied, 1 failed</c>.</summary>
    public static string State(IReadOnlyList<SnapshotSource> sources)
    {
        IEnumerable<string> gaps = ((CoverageState[])[CoverageState.Denied, CoverageState.Failed])
            .Select(state => (Count: sources.Sum(source => source.Coverage.Count(line => line.State == state)), state))
            .Where(gap => gap.Count > 0)
            .Select(gap => $"{Size.Count(gap.Count)} {CoverageWord.Of(gap.state)}");
        string state = sources.All(source => source.Complete) ? "complete" : "partial";
        return string.Join(", ", gaps) is { Length: > 0 } words ? $"{state}: {words}" : state;
    }

    /// <summary>
    /// What a person should know of a source that was just taken, a line each: what was denied, what failed, and what a
    /// region that has the service does not know all the same.
    /// </summary>
    public static IEnumerable<string> Gaps(SnapshotSource source)
    {
        foreach (CoverageState state in (CoverageState[])
            [CoverageState.Denied, CoverageState.Failed, CoverageState.Unsupported])
        {
            List<CoverageLine> lines = [.. source.Coverage.Where(line => line.State == state && IsSurprise(line))];
            if (lines.Count > 0)
            {
                string areas = string.Join(
                    ", ", lines.Take(Shown).Select(line => line.Area.Length == 0 ? "all of it" : line.Area));
                string more = lines.Count > Shown ? $" and {Size.Count(lines.Count - Shown)} more" : "";
                string reason = lines[0].Reason.Length == 0 ? "" : $": {lines[0].Reason}";
                yield return EntryText.Printable($"{source.Root}: {CoverageWord.Of(state)}: {areas}{more}{reason}");
            }
        }
    }

    // That a region lacks a service as a whole is ordinary.
    private static bool IsSurprise(CoverageLine line) =>
        line.State != CoverageState.Unsupported || RegionName.Split(line.Area).Below.Length > 0;
}
