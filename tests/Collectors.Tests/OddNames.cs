using System.Text;

namespace JadaStore.Collectors.Tests;

/// <summary>Names that a file can have and that programs stumble over.</summary>
internal static class OddNames
{
    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. new[]
        {
            "a", "a.b", "a-", "a b", "a!", "a0", "A", "ab", " ", "-", "-rf", "--help", "new\nline", "\n", "tab\t",
            "\u0001\u007f", "...", ".hidden",
            "caf\u00e9", "cafe\u0301", "\u202egnp.exe", "\U0001F600", "\\x41", "\\", "'one'", "\"", "*", "$HOME", "`x`",
            "~", "#", "CON", "x:y",
            "blank ", "dot.", ".jstore-x.tmp", ".jstore-0123456789abcdef.tmp", "\\xFF", "config", "packs",
            new string('n', 255),
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFF, 0xFE, 0x00 + 1], [0xC3], [0xE2, 0x82], [0x80, 0x2E], [.. Enumerable.Repeat((byte)0xE9, 255)],
    ];
}
