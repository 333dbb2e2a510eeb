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

    private static (byte First, byte Last)[] Ranges(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("alnum"u8) => [(0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)],
        _ when name.SequenceEqual("alpha"u8) => [(0x41, 0x5A), (0x61, 0x7A)],
        _ when name.SequenceEqual("blank"u8) => [(0x09, 0x09), (0x20, 0x20)],
        _ when name.SequenceEqual("cntrl"u8) => [(0x00, 0x1F), (0x7F, 0x7F)],
        _ when name.SequenceEqual("digit"u8) => [(0x30, 0x39)],
        _ when name.SequenceEqual("graph"u8) => [(0x21, 0x7E)],
        _ when name.SequenceEqual("lower"u8) => [(0x61, 0x7A)],
        _ when name.SequenceEqual("print"u8) => [(0x20, 0x7E)],
        _ when name.SequenceEqual("punct"u8) => [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)],
        _ when name.SequenceEqual("space"u8) => [(0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20)],
        _ when name.SequenceEqual("upper"u8) => [(0x41, 0x5A)],
        _ when name.SequenceEqual("xdigit"u8) => [(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)],
        _ => [],
    };
}
