using JadaStore.Store.Model;

namespace JadaStore.Store.Manifests;

/// <summary>The ledger: how many of what were captured where, what was not and why, and what never can be.</summary>
internal static class ManifestCoverage
{
    /// <summary>Writes it; nothing where no source has a ledger.</summary>
    public static void Write(MarkdownText text, IReadOnlyList<SnapshotSource> sources)
    {
        List<(string Root, CoverageLine Line)> ledger =
            [.. sources.SelectMany(source => source.Coverage.Select(line => (source.Root, line)))];
        if (ledger.Count == 0)
        {
            return;
        }

        text.Heading("## Coverage");
        WriteCounts(text, sources);
        WriteGaps(text, ledger);
        WriteNeverExported(text, ledger);
    }

    private static void WriteCounts(MarkdownText text, IReadOnlyList<SnapshotSource> sources)
    {
        text.Line("| source | kind | captured | regions |");
        text.Line("|---|---|---:|---|");
        foreach (SnapshotSource source in sources)
        {
            List<IGrouping<string, CoverageLine>> kinds =
            [
                .. source.Coverage.Where(line => line.State is CoverageState.Captured or CoverageState.Partial)
                    .GroupBy(line => RegionName.Split(line.Area).Below, StringComparer.Ordinal)
                    .OrderBy(kind => kind.Key, StringComparer.Ordinal),
            ];
            foreach (IGrouping<string, CoverageLine> kind in kinds.Where(kind => kind.Any(line => line.Count > 0)))
            {
                text.Row(
                    MarkdownText.Code(source.Root),
                    MarkdownText.Plain(kind.Key),
                    MarkdownText.Number(kind.Sum(line => line.Count)),
                    RegionsOf(kind));
            }

            string none = string.Join(
                ", ", kinds.Where(kind => kind.All(line => line.Count == 0)).Select(kind => kind.Key));
            if (none.Length > 0)
            {
                text.Row(MarkdownText.Code(source.Root), MarkdownText.Plain(none), "0", "");
            }
        }

        text.Line();
    }

    private static string RegionsOf(IEnumerable<CoverageLine> kind) => MarkdownText.Plain(string.Join(", ", kind
        .Where(line => line.Count > 0 && RegionName.Split(line.Area).Region is not null)
        .Select(line => $"{RegionName.Split(line.Area).Region} ({MarkdownText.Number(line.Count)})")));

    private static void WriteGaps(MarkdownText text, List<(string Root, CoverageLine Line)> ledger)
    {
        text.Heading("### Not captured");
        bool any = false;
        foreach (var gap in ledger
            .Where(one => one.Line.State is not (CoverageState.Captured or CoverageState.NotExported))
            .GroupBy(one => (one.Root, one.Line.State, RegionName.Split(one.Line.Area).Below, one.Line.Reason)))
        {
            (string root, CoverageState state, string kind, string reason) = gap.Key;
            string regions = string.Join(
                ", ", gap.Select(one => RegionName.Split(one.Line.Area).Region).OfType<string>());
            text.Line(
                $"- {MarkdownText.Code(root)}{Behind(" ", kind)}: {CoverageWord.Of(state)}{Behind(" in ", regions)}"
                + Behind(": ", reason));
            any = true;
        }

        if (!any)
        {
            text.Line("Nothing: all that was looked at was captured.");
        }

        text.Line();
    }

    private static void WriteNeverExported(MarkdownText text, List<(string Root, CoverageLine Line)> ledger)
    {
        text.Heading("### Never exported");
        bool any = false;
        foreach ((string root, CoverageLine line) in ledger.Where(one => one.Line.State == CoverageState.NotExported))
        {
            text.Line($"- {MarkdownText.Code(root)}{Behind(" ", line.Area)}{Behind(": ", line.Reason)}");
            any = true;
        }

        if (!any)
        {
            text.Line("Nothing is left out for good.");
        }

        text.Line();
    }

    private static string Behind(string mark, string text) => text.Length == 0 ? "" : mark + MarkdownText.Plain(text);
}
