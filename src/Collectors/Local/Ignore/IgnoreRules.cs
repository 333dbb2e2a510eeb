namespace JadaStore.Collectors.Local.Ignore;

/// <summary>All the rules in force in one folder. Immutable: folders share what lies above them.</summary>
/// <remarks>
/// The first to speak decides: the options' own patterns, then the ignore files from the innermost folder outwards,
/// then the options' exclude files from the last to the first. Nothing below an excluded folder is ever asked for: it
/// is not descended.
/// </remarks>
internal sealed class IgnoreRules
{
    private readonly IgnoreFile? _strong;
    private readonly IgnoreFile[] _weak;
    private readonly IgnoreFile? _file;
    private readonly IgnoreRules? _outer;
    private readonly int _base;

    /// <param name="patterns">The options' own patterns.</param>
    /// <param name="files">The options' exclude files.</param>
    public IgnoreRules(IReadOnlyList<IgnorePattern> patterns, IReadOnlyList<IgnoreFile> files)
    {
        _strong = patterns.Count > 0 ? new IgnoreFile(patterns) : null;
        _weak = [.. files];
        IsEmpty = patterns.Count == 0 && files.Count == 0;
    }

    private IgnoreRules(IgnoreRules outer, int start, IgnoreFile file)
    {
        _strong = outer._strong;
        _weak = outer._weak;
        _outer = outer;
        _base = start;
        _file = file;
    }

    /// <summary>Whether there is no rule at all, so that nothing need be asked.</summary>
    public bool IsEmpty { get; }

    /// <summary>These rules with an ignore file on top.</summary>
    /// <param name="file">Its patterns.</param>
    /// <param name="folderLength">Length of the path of the folder it lies in, with the closing <c>/</c>.</param>
    public IgnoreRules With(IgnoreFile file, int folderLength) => new(this, folderLength, file);

    /// <summary>Whether a path is left out, when the folder it lies in is not.</summary>
    /// <param name="path">From the source's root; no <c>/</c> at the end.</param>
    /// <param name="nameStart">Where the last name of the path begins.</param>
    /// <param name="isFolder">Whether the path is a folder.</param>
    public bool Excludes(ReadOnlySpan<byte> path, int nameStart, bool isFolder)
    {
        if (_strong?.Excludes(path, nameStart, isFolder) is { } said)
        {
            return said;
        }

        for (IgnoreRules? rules = this; rules is not null; rules = rules._outer)
        {
            int start = rules._base;
            if (rules._file?.Excludes(path[start..], nameStart - start, isFolder) is { } nested)
            {
                return nested;
            }
        }

        for (int i = _weak.Length - 1; i >= 0; i--)
        {
            if (_weak[i].Excludes(path, nameStart, isFolder) is { } weak)
            {
                return weak;
            }
        }

        return false;
    }
}
