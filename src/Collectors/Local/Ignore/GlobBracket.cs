namespace JadaStore.Collectors.Local.Ignore;

/// <summary>
/// Reads <c>[a-z]</c>, <c>[!…]</c>, <c>[^…]</c>, <c>[[:digit:]]</c>; <c>\</c> takes the next byte as it is.
/// </summary>
internal static class GlobBracket
{
    /// <param name="pattern">The whole pattern.</param>
    /// <param name="at">Behind the opening bracket; moved behind the closing one.</param>
    /// <returns>The bytes that the bracket stands for, never with <c>/</c>; null when it is not closed or names no
    /// known class.</returns>
    public static ByteSet? Read(ReadOnlySpan<byte> pattern, ref int at)
    {
        bool inverted = at < pattern.Length && pattern[at] is (byte)'!' or (byte)'^';
        at += inverted ? 1 : 0;

        var set = new ByteSet();
        int previous = 0;   // what a range may begin with; 0: nothing does
        for (bool first = true; at < pattern.Length; first = false)
        {
            byte value = pattern[at];
            if (value == (byte)']' && !first)
            {
                at++;
                if (inverted)
                {
                    set.Invert();
                }

                set.Remove((byte)'/');
                return set;
            }

            if (value == (byte)'[' && at + 1 < pattern.Length && pattern[at + 1] == (byte)':')
            {
                int close = pattern[(at + 2)..].IndexOf((byte)']');
                if (close < 0)
                {
                    return null;
                }

                if (close > 0 && pattern[at + 1 + close] == (byte)':')
                {
                    if (!ByteClass.TryAdd(pattern.Slice(at + 2, close - 1), set))
                    {
                        return null;
                    }

                    at += close + 3;
                    previous = 0;
                    continue;
                }
            }

            bool range = value == (byte)'-' && previous != 0 && at + 1 < pattern.Length && pattern[at + 1] != (byte)']';
            at += range ? 1 : 0;
            if (pattern[at] == (byte)'\\' && ++at == pattern.Length)
            {
                return null;
            }

            value = pattern[at++];
            set.Add(range ? previous : value, value);
            previous = range ? 0 : value;
        }

        return null;
    }
}
