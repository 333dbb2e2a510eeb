namespace JadaStore.Collectors.Local.Ignore;

/// <summary>The named classes of a bracket, <c>[[:alpha:]]</c>, over ASCII as git has them.</summary>
internal static class ByteClass
{
    /// <summary>Adds the class to the set.</summary>
    /// <returns>False, and nothing added, when there is no class of that name.</returns>
    public static bool TryAdd(ReadOnlySpan<byte> name, ByteSet set)
    {
        ReadOnlySpan<(byte First, byte Last)> ranges = Ranges(name);
        foreach ((byte first, byte last) in ranges)
        {
            set.Add(first, last);
        }

        return !ranges.IsEmpty;
    }

    private static (byte First, byte Last)[] Ranges(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("alnum"u8)) { return [((byte)'0', (byte)'9'), ((byte)'A', (byte)'Z'), ((byte)'a', (byte)'z')]; }
        if (name.SequenceEqual("alpha"u8)) { return [((byte)'A', (byte)'Z'), ((byte)'a', (byte)'z')]; }
        if (name.SequenceEqual("blank"u8)) { return [((byte)' ', (byte)' '), ((byte)'\t', (byte)'\t')]; }
        if (name.SequenceEqual("cntrl"u8)) { return [(0, 0x1F), (0x7F, 0x7F)]; }
        if (name.SequenceEqual("digit"u8)) { return [((byte)'0', (byte)'9')]; }
        if (name.SequenceEqual("graph"u8)) { return [(0x21, 0x7E)]; }
        if (name.SequenceEqual("lower"u8)) { return [((byte)'a', (byte)'z')]; }
        if (name.SequenceEqual("print"u8)) { return [(0x20, 0x7E)]; }
        if (name.SequenceEqual("punct"u8)) { return [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)]; }
        if (name.SequenceEqual("space"u8)) { return [((byte)' ', (byte)' '), ((byte)'\t', (byte)'\n'), ((byte)'\r', (byte)'\r')]; }
        if (name.SequenceEqual("upper"u8)) { return [((byte)'A', (byte)'Z')]; }
        if (name.SequenceEqual("xdigit"u8)) { return [((byte)'0', (byte)'9'), ((byte)'A', (byte)'F'), ((byte)'a', (byte)'f')]; }
        return [];
    }
}
