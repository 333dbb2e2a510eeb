namespace JadaStore.Collectors.Local.Ignore;

/// <summary>One step of a compiled pattern.</summary>
/// <param name="Kind">What it matches.</param>
/// <param name="Value">The byte, for <see cref="GlobTokenKind.Byte"/>.</param>
/// <param name="Set">The values, for <see cref="GlobTokenKind.Set"/>.</param>
internal readonly record struct GlobToken(GlobTokenKind Kind, byte Value = 0, ByteSet? Set = null)
{
    /// <summary>Whether this token matches that one byte; not for tokens that match runs of bytes.</summary>
    public bool Matches(byte value) => Kind switch
    {
        GlobTokenKind.Byte => value == Value,
        GlobTokenKind.AnyByte => value != (byte)'/',
        GlobTokenKind.Set => Set!.Contains(value),
        GlobTokenKind.AnyInName or GlobTokenKind.AnyPath or GlobTokenKind.AnyFolders => false,
    };
}
