namespace JadaStore.Store.Model;

/// <summary>
/// Which parts of a source a snapshot did not take, so that it says nothing of what another has there.
/// </summary>
/// <remarks>
/// A region that its ledger does not name, or that lacks the service; and what its ledger calls unsupported while that
/// of the other counts something there: where it was asked there was none, be it that the region that tells of it was
/// switched off. What was never there for either hides nothing. And what was chosen by name and is chosen no more.
/// </remarks>
internal sealed class UntakenParts
{
    private readonly HashSet<string> _looked = [];
    private readonly bool _isInRegions;

    // The outermost first: one that lies within another is told with it.
    private readonly IReadOnlyList<(string Text, EntryPath Path)> _folders;

    /// <param name="lacks">The source as the snapshot has it; null where it does not have it at all.</param>
    /// <param name="has">The source as another has it; null where none does.</param>
    public UntakenParts(SnapshotSource? lacks, SnapshotSource? has)
    {
        _looked.UnionWith(lacks is null ? [] : TakenRegions.Of(lacks));
        _isInRegions = lacks is not null && lacks.Coverage.Any(line =>
            line.State != CoverageState.NotExported && RegionName.Split(line.Area).Region is not null);
        CoverageLine[] unsupported =
        [
            .. (has is null ? null : lacks)?.Coverage.Where(line => line.State == CoverageState.Unsupported) ?? [],
        ];
        HashSet<string> counted = unsupported.Length == 0 ? [] : Counted(has!);
        _folders =
        [
            .. unsupported.Where(line => counted.Contains(line.Area)).Select(line => line.Folder ?? line.Area)
                .Concat(Unchosen(lacks?.Parts, has?.Parts))
                .Distinct(StringComparer.Ordinal).OrderBy(folder => folder.Length)
                .Select(folder => (folder, new EntryPath(folder))),
        ];
    }

    /// <summary>The part that a path lies in and that was not taken, as a folder without the <c>/</c>, which is empty
    /// for all of the source; null where it was taken.</summary>
    /// <param name="path">In the source.</param>
    public string? At(EntryPath path)
    {
        if (_isInRegions && TakenRegions.At(path) is { } region && !_looked.Contains(region))
        {
            return region;
        }

        return _folders.FirstOrDefault(folder => path.IsAtOrBelow(folder.Path)).Text;
    }

    // A choice that is still made would have given the folder, were it there; another may give it now.
    private static IEnumerable<string> Unchosen(IReadOnlyList<SourcePart>? lacks, IReadOnlyList<SourcePart>? has)
    {
        if (lacks is null || has is null)
        {
            return [];
        }

        HashSet<string> choices = [.. lacks.Select(part => part.By)];
        HashSet<string> given = [.. lacks.SelectMany(part => part.Folders)];
        return has.Where(part => !choices.Contains(part.By)).SelectMany(part => part.Folders).Except(given);
    }

    // Each area of which something was counted, and all that it lies in.
    private static HashSet<string> Counted(SnapshotSource source)
    {
        var areas = new HashSet<string>(StringComparer.Ordinal);
        foreach (CoverageLine line in source.Coverage.Where(line => line.Count > 0))
        {
            string area = line.Area;
            while (areas.Add(area) && area.Length > 0)
            {
                area = area[..Math.Max(0, area.LastIndexOf('/'))];
            }
        }

        return areas;
    }
}
