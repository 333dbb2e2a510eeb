namespace JadaStore.Store.Pipeline;

/// <summary>
/// A pattern for paths: <c>*</c> and <c>?</c> within a segment, <c>**</c> across segments, <c>[a-z]</c>, <c>[!a-z]</c>,
/// <c>\</c> to quote.
/// </summary>
/// <remarks>A pattern without <c>/</c> is held against the last segment of a path; one with <c>/</c> against all of
/// it.</remarks>
internal sealed class Glob(string pattern)
{
    private readonly string _pattern = pattern.TrimStart('/');
    private readonly bool _nameOnly = !pattern.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether the path matches.</summary>
    /// <param name="path">Without a <c>/</c> at its end.</param>
    public bool Matches(ReadOnlySpan<char> path) =>
        Matches(_pattern, _nameOnly ? path[(path.LastIndexOf('/') + 1)..] : path);

    // At a star, remember where: on a mismatch, go back and let it swallow one more. `**` also swallows '/', and `**/`
    // only whole folders. Each of the two kinds needs only its latest place, so the cost is at most pattern × path.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        int p = 0, t = 0;
        (int Pattern, int Path) star = (-1, 0), deep = (-1, 0);
        bool folders = false;
        while (true)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                if (p + 1 < pattern.Length && pattern[p + 1] == '*')
                {
                    p += 2;

                    // `**/` also stands for no folder at all.
                    folders = p < pattern.Length && pattern[p] == '/' && (t == 0 || path[t - 1] == '/');
                    p += folders ? 1 : 0;
                    deep = (p, t);
                    star = (-1, 0);
                }
                else
                {
                    star = (++p, t);
                }

                continue;
            }

            if (t == path.Length && p == pattern.Length)
            {
                return true;
            }

            if (t < path.Length && p < pattern.Length && MatchesOne(pattern, ref p, path[t]))
            {
                t++;
            }
            else if (star.Pattern >= 0 && star.Path < path.Length && path[star.Path] != '/')
            {
                (p, t) = (star.Pattern, ++star.Path);
            }
            else if (deep.Pattern >= 0 && deep.Path < path.Length
                && Swallow(path[deep.Path..], folders) is > 0 and var more)
            {
                deep.Path += more;
                (p, t) = deep;
                star = (-1, 0);
            }
            else
            {
                return false;
            }
        }
    }

    // How much more a `**` takes: one more, or up to the next folder's end; 0 when there is none.
    private static int Swallow(ReadOnlySpan<char> rest, bool folders) => folders ? rest.IndexOf('/') + 1 : 1;

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ref int p, char c)
    {
        switch (pattern[p])
        {
            case '?' when c != '/':
                p++;
                return true;
            case '?':
                return false;
            case '[' when pattern[(p + 1)..].IndexOf(']') > 0:
                int close = p + 1 + pattern[(p + 1)..].IndexOf(']');
                ReadOnlySpan<char> set = pattern[(p + 1)..close];
                bool negated = set[0] is '!' or '^';
                bool inSet = IsInSet(negated ? set[1..] : set, c);
                if (inSet == negated || c == '/')
                {
                    return false;
                }

                p = close + 1;
                return true;
            case '\\' when p + 1 < pattern.Length:
                if (pattern[p + 1] != c)
                {
                    return false;
                }

                p += 2;
                return true;
            default:
                if (pattern[p] != c)
                {
                    return false;
                }

                p++;
                return true;
        }
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char c)
    {
        for (int i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}
