namespace JadaStore.Collectors.Local.Ignore;

/// <summary>A shell pattern over bytes, with git's meaning of <c>* ? [ ] \ **</c> where <c>/</c> parts names.</summary>
/// <remarks>
/// Matching tries no way twice: at worst text² × pattern steps, and about as many as the text has bytes as a rule.
/// </remarks>
internal sealed class Glob
{
    private readonly GlobToken[] _tokens;

    /// <param name="pattern">
    /// The pattern. <c>**</c> is special at its very start, after a <c>/</c>, and only before a <c>/</c> or the end;
    /// elsewhere it is <c>*</c>.
    /// </param>
    /// <param name="valid">False when the pattern is malformed (an open bracket, a lone <c>\</c> at the end): it
    /// matches nothing.</param>
    public Glob(ReadOnlySpan<byte> pattern, out bool valid)
    {
        var tokens = new List<GlobToken>(pattern.Length);
        valid = true;
        for (int at = 0; at < pattern.Length && valid;)
        {
            switch (pattern[at])
            {
                case (byte)'*':
                    tokens.Add(Stars(pattern, ref at));
                    break;
                case (byte)'?':
                    tokens.Add(new GlobToken(GlobTokenKind.AnyByte));
                    at++;
                    break;
                case (byte)'[':
                    at++;
                    ByteSet? set = GlobBracket.Read(pattern, ref at);
                    valid = set is not null;
                    tokens.Add(new GlobToken(GlobTokenKind.Set, 0, set));
                    break;
                case (byte)'\\':
                    valid = at + 1 < pattern.Length;
                    tokens.Add(new GlobToken(GlobTokenKind.Byte, valid ? pattern[at + 1] : (byte)0));
                    at += 2;
                    break;
                default:
                    tokens.Add(new GlobToken(GlobTokenKind.Byte, pattern[at++]));
                    break;
            }
        }

        _tokens = [.. tokens];
    }

    /// <summary>Whether the whole text matches.</summary>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        int at = 0;
        int token = 0;

        // The newest `*` and the newest `**` seen, each with the token behind it and how far in the text it reaches:
        // older ones need no second try, since what the newer can reach holds all that they could add.
        (int Token, int At) star = (-1, 0);
        (int Token, int At) deep = (-1, 0);
        while (at < text.Length || token < _tokens.Length)
        {
            if (token < _tokens.Length)
            {
                GlobToken step = _tokens[token];
                if (step.Kind == GlobTokenKind.AnyInName)
                {
                    star = (++token, at);
                    continue;
                }

                if (step.Kind is GlobTokenKind.AnyPath or GlobTokenKind.AnyFolders)
                {
                    deep = (++token, at);
                    star = (-1, 0);
                    continue;
                }

                if (at < text.Length && step.Matches(text[at]))
                {
                    at++;
                    token++;
                    continue;
                }
            }

            if (star.Token >= 0 && star.At < text.Length && text[star.At] != (byte)'/')
            {
                star.At++;
                (token, at) = star;
                continue;
            }

            if (deep.Token < 0 || !Reach(text, ref deep))
            {
                return false;
            }

            star = (-1, 0);
            (token, at) = deep;
        }

        return true;
    }

    /// <summary>
    /// Lets the <c>**</c> take more of the text: to the next place at which what follows it may begin.
    /// </summary>
    private bool Reach(ReadOnlySpan<byte> text, ref (int Token, int At) deep)
    {
        int step = _tokens[deep.Token - 1].Kind == GlobTokenKind.AnyPath
            ? (deep.At < text.Length ? 0 : -1)
            : text[deep.At..].IndexOf((byte)'/');
        deep.At += step + 1;
        return step >= 0;
    }

    private static GlobToken Stars(ReadOnlySpan<byte> pattern, ref int at)
    {
        int start = at;
        while (at < pattern.Length && pattern[at] == (byte)'*')
        {
            at++;
        }

        bool whole = at - start > 1 && (start == 0 || pattern[start - 1] == (byte)'/');
        if (whole && at < pattern.Length && pattern[at] == (byte)'/')
        {
            at++;
            return new GlobToken(GlobTokenKind.AnyFolders);
        }

        return new GlobToken(whole && (at == pattern.Length || pattern[at..].StartsWith("\\/"u8))
            ? GlobTokenKind.AnyPath
            : GlobTokenKind.AnyInName);
    }
}
