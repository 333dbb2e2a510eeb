namespace JadaStore.Store.Chunking;

/// <summary>How a repository's content is cut; written into <c>config</c> when it is made, never changed.</summary>
/// <remarks>
/// The beginning of a file is cut finely, for small files change by the line and there are many of them; the rest
/// coarsely, or a large repository would have more chunks than it is worth. Measured in docs/benchmarks.md.
/// </remarks>
public sealed record CutterOptions
{
    /// <summary>Chunks that begin before this offset in their file are fine ones. Bytes, at least 0.</summary>
    public long FineUntil { get; init; } = 512 << 10;

    /// <summary>Sizes of the fine chunks.</summary>
    public ChunkerOptions Fine { get; init; } = new() { Min = 4 << 10, Average = 16 << 10, Max = 64 << 10 };

    /// <summary>Sizes of all others.</summary>
    public ChunkerOptions Coarse { get; init; } = new()
    {
        Min = 32 << 10, Average = 128 << 10, Max = ChunkerOptions.Limit,
    };

    /// <summary>All that is wrong with them, a sentence each; empty when they can be used.</summary>
    public IReadOnlyList<string> FindProblems() =>
    [
        .. FineUntil < 0 ? ["Fine chunks cannot end before the file begins."] : Array.Empty<string>(),
        .. Fine.FindProblems().Concat(Coarse.FindProblems()),
    ];
}
