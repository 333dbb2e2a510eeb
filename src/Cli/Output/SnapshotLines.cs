using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>
/// How far a snapshot is: a line for each source; folders, buckets and scripts, which are many, share one for each
/// kind.
/// </summary>
/// <remarks>Not for several threads at once. Memory: a value for each source.</remarks>
internal sealed class SnapshotLines
{
    // More would not fit on a small terminal, and what scrolled away cannot be drawn again.
    private const int MaxLines = 12;

    private readonly SortedDictionary<string, SnapshotProgress> _sources = new(StringComparer.Ordinal);

    /// <summary>Takes in how far one source is.</summary>
    public void Set(SnapshotProgress value) => _sources[value.Root] = value;

    /// <summary>Forgets all.</summary>
    public void Clear() => _sources.Clear();

    /// <summary>
    /// The lines, sorted by source; where they would be too many, those of what is at work, and a last one that counts
    /// the others.
    /// </summary>
    public IReadOnlyList<string> Of(TimeSpan elapsed)
    {
        List<List<SnapshotProgress>> groups =
            [.. _sources.Values.GroupBy(source => KindOf(source.Root)).Select(group => group.ToList())];
        if (groups.Count <= MaxLines)
        {
            return [.. groups.Select(group => Line(group, elapsed))];
        }

        List<List<SnapshotProgress>> shown = [.. groups.Where(IsAtWork).Take(MaxLines - 1)];
        int done = groups.Except(shown).Sum(group => group.Count(source => source.Done));
        int waiting = groups.Except(shown).Sum(group => group.Count) - done;
        return
        [
            .. shown.Select(group => Line(group, elapsed)),
            $"{Size.Count(done, "other source", "other sources")} done, {Size.Count(waiting)} to come",
        ];
    }

    /// <summary>The line that tells of this source.</summary>
    public string LineOf(string root, TimeSpan elapsed)
    {
        string kind = KindOf(root);
        return Line([.. _sources.Values.Where(source => KindOf(source.Root) == kind)], elapsed);
    }

    private static bool IsAtWork(List<SnapshotProgress> group) =>
        group.Any(source => !source.Done)
        && group.Any(source => source.Done || source.Entries > 0 || source.Items is not null);

    private static string Line(List<SnapshotProgress> sources, TimeSpan elapsed) => sources is [var only]
        ? ProgressText.Of(only, elapsed)
        : ProgressText.Of(KindOf(sources[0].Root), sources, elapsed);

    private static string KindOf(string root)
    {
        string first = root.Split('/')[0];
        return first is "local" or "s3" or "s3-config" or "s3-versions" or "apps-script" ? first : root;
    }
}
