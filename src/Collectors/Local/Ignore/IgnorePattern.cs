namespace JadaStore.Collectors.Local.Ignore;

/// <summary>One line of an ignore file, or one <c>--exclude</c>.</summary>
/// <remarks>
/// As gitignore(5) says and git does: <c>!</c> in front takes back what an earlier pattern excluded, <c>/</c> at the
/// end means folders only, any other <c>/</c> ties the pattern to the folder it is said in; without one it fits a name
/// at any depth.
/// </remarks>
internal sealed class IgnorePattern
{
    private readonly byte[] _literal;
    private readonly Glob? _rest;
    private readonly bool _valid;
    private readonly bool _endsWith;
    private readonly bool _foldersOnly;
    private readonly bool _nameOnly;

    /// <param name="line">One pattern, as it is: no comment, nothing to trim.</param>
    public IgnorePattern(ReadOnlySpan<byte> line)
    {
        IsNegated = line.StartsWith("!"u8);
        line = line[(IsNegated ? 1 : 0)..];
        _foldersOnly = line.EndsWith("/"u8);
        line = line[..^(_foldersOnly ? 1 : 0)];
        _nameOnly = !line.Contains((byte)'/');
        line = line.StartsWith("/"u8) ? line[1..] : line;

        // What comes before the first special byte is compared as it is, and what follows is a pattern by itself. This
        // is git's way, and it shows: in `foo**/bar` the stars stand at a beginning, so that they reach over folders.
        ReadOnlySpan<byte> special = "*?[\\"u8;
        int plain = line.IndexOfAny(special);
        _valid = true;
        _endsWith = _nameOnly && plain == 0 && line[0] == (byte)'*' && line[1..].IndexOfAny(special) < 0;
        if (_endsWith)
        {
            _literal = line[1..].ToArray();
        }
        else if (plain < 0)
        {
            _literal = line.ToArray();
        }
        else
        {
            _literal = line[..plain].ToArray();
            _rest = new Glob(_nameOnly ? line : line[plain..], out _valid);
        }
    }

    /// <summary>Whether a match takes back an exclusion.</summary>
    public bool IsNegated { get; }

    /// <summary>Whether the pattern speaks of that path.</summary>
    /// <param name="path">From the folder in which the pattern is said; no <c>/</c> at the end.</param>
    /// <param name="nameStart">Where the last name of the path begins.</param>
    /// <param name="isFolder">Whether the path is a folder.</param>
    public bool Matches(ReadOnlySpan<byte> path, int nameStart, bool isFolder)
    {
        if (!_valid || (_foldersOnly && !isFolder))
        {
            return false;
        }

        ReadOnlySpan<byte> text = _nameOnly ? path[nameStart..] : path;
        if (_endsWith)
        {
            return text.EndsWith(_literal);
        }

        if (_rest is null)
        {
            return text.SequenceEqual(_literal);
        }

        return text.StartsWith(_literal) && _rest.Matches(_nameOnly ? text : text[_literal.Length..]);
    }
}
