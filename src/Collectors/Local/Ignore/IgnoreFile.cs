namespace JadaStore.Collectors.Local.Ignore;

/// <summary>The patterns of one ignore file, or of one list of options: the last that matches decides.</summary>
internal sealed class IgnoreFile
{
    private readonly IgnorePattern[] _patterns;

    /// <param name="patterns">In the order in which they are said.</param>
    public IgnoreFile(IEnumerable<IgnorePattern> patterns) => _patterns = [.. patterns];

    /// <summary>
    /// Reads lines in gitignore syntax: comments (<c>#</c>), empty lines, and blanks at a line's end do not count,
    /// unless a <c>\</c> stands before them.
    /// </summary>
    /// <param name="text">Any bytes; lines end in LF or CR LF; a UTF-8 mark in front is skipped.</param>
    public static IgnoreFile Parse(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        text = text.StartsWith(mark) ? text[mark.Length..] : text;

        var patterns = new List<IgnorePattern>();
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            line = end >= 0 && line.EndsWith("\r"u8) ? line[..^1] : line;
            if (!line.StartsWith("#"u8) && !(line = TrimEnd(line)).IsEmpty)
            {
                patterns.Add(new IgnorePattern(line));
            }
        }

        return new IgnoreFile(patterns);
    }

    /// <summary>What the patterns say of a path.</summary>
    /// <returns>True: excluded. False: expressly not. Null: nothing.</returns>
    /// <inheritdoc cref="IgnorePattern.Matches"/>
    public bool? Excludes(ReadOnlySpan<byte> path, int nameStart, bool isFolder)
    {
        for (int i = _patterns.Length - 1; i >= 0; i--)
        {
            if (_patterns[i].Matches(path, nameStart, isFolder))
            {
                return !_patterns[i].IsNegated;
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> line)
    {
        int end = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == (byte)'\\')
            {
                i++;
                end = Math.Min(i + 1, line.Length);
            }
            else if (line[i] != (byte)' ')
            {
                end = i + 1;
            }
        }

        return line[..end];
    }
}
