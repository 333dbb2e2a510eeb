using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>A part of one source: a file, or everything below a path.</summary>
/// <param name="Source">The source.</param>
/// <param name="Prefix">Inside the source; empty for all of it.</param>
/// <param name="KindOmitted">Whether it was asked for without the root's first segment, and is so restored.</param>
internal sealed record SourceRange(SnapshotSource Source, EntryPath Prefix, bool KindOmitted)
{
    /// <summary>Whether it is restored without the root's segments at all.</summary>
    public bool RootOmitted { get; init; }

    /// <summary>What the source collects: <c>local</c>, <c>s3</c>.</summary>
    public string Kind => Source.Root.Split('/')[0];

    /// <summary>The source's root, as it was asked for.</summary>
    public string ShownRoot =>
        KindOmitted ? Source.Root[(Source.Root.IndexOf('/', StringComparison.Ordinal) + 1)..] : Source.Root;

    /// <summary>Whether the other one is a part of this one, or the same, and is restored to the same place.</summary>
    public bool Contains(SourceRange other) =>
        Source.Root == other.Source.Root && KindOmitted == other.KindOmitted && other.Prefix.IsAtOrBelow(Prefix);

    /// <summary>An entry's path in the snapshot: <c>local/site/index.html</c>.</summary>
    public EntryPath FullPath(EntryPath path) => new EntryPath(Source.Root + "/").Append(path.Span);

    /// <summary>An entry's path under a target, as it was asked for.</summary>
    public EntryPath TargetPath(EntryPath path) =>
        RootOmitted ? path : new EntryPath(ShownRoot + "/").Append(path.Span);
}
