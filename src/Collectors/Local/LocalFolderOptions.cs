namespace JadaStore.Collectors.Local;

/// <summary>What of a folder is captured, and what is left out.</summary>
public sealed record LocalFolderOptions
{
    /// <summary>
    /// Patterns in gitignore syntax, anchored at the source's root; the last match wins. As with git's command line
    /// they weigh more than any <c>.jstoreignore</c>. Default: none.
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>
    /// Files of such patterns, anchored at the source's root too. As with git's <c>info/exclude</c> every
    /// <c>.jstoreignore</c> weighs more than they do. Default: none.
    /// </summary>
    public IReadOnlyList<string> ExcludeFiles { get; init; } = [];

    /// <summary>
    /// A folder on another device than the root is recorded and not descended. Linux only: elsewhere the framework
    /// does not tell devices apart, and all is walked. Default: false.
    /// </summary>
    public bool OneFileSystem { get; init; }

    /// <summary>
    /// Absolute paths that are left out wherever the walk meets them: the repository itself. Those that do not exist
    /// are no matter.
    /// </summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];

    /// <summary>The clock that tells whether a file's stamps are too young to be trusted.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// How many folders are listed at once ahead of the walk, 0 to 16; 0: none, all happens on the caller's thread.
    /// </summary>
    internal int ReadAhead { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>How many names are listed ahead of the walk at most, a folder always whole; at least 1.</summary>
    internal int MaxAhead { get; init; } = 16_384;

    /// <summary>Uses the framework's own calls even where faster ones are at hand.</summary>
    internal bool Portable { get; init; }
}
