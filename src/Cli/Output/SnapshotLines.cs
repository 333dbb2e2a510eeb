using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>How far a snapshot is: a line for each kind of source, whichever of its sources report.</summary>
/// <remarks>Not for several threads at once. Memory: a value for each source.</remarks>
internal sealed class SnapshotLines
{
    private readonly SortedDictionary<string, SnapshotProgress> _sources = new(StringComparer.Ordinal);

    /// <summary>Takes in how far one source is.</summary>
    public void Set(SnapshotProgress value) => _sources[value.Root] = value;

    /// <summary>Forgets all.</summary>
    public void Clear() => _sources.Clear();

    /// <summary>The line of each kind, sorted by kind.</summary>
    public IEnumerable<string> Of(TimeSpan elapsed) =>
        _sources.Values.GroupBy(source => KindOf(source.Root)).Select(kind => Line(kind.Key, [.. kind], elapsed));

    /// <summary>The line of the kind that this source is of.</summary>
    public string OfKind(string root, TimeSpan elapsed)
    {
        string kind = KindOf(root);
        return Line(kind, [.. _sources.Values.Where(source => KindOf(source.Root) == kind)], elapsed);
    }

    private static string Line(string kind, IReadOnlyList<SnapshotProgress> sources, TimeSpan elapsed) =>
        sources is [var only] ? ProgressText.Of(only, elapsed) : ProgressText.Of(kind, sources, elapsed);

    private static string KindOf(string root) => root.Split('/')[0];
}
