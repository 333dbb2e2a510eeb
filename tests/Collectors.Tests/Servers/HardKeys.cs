namespace JadaStore.Collectors.Tests.Servers;

/// <summary>Keys that S3 allows and that programs stumble over.</summary>
internal static class HardKeys
{
    /// <summary>Those that every server here takes, and gives back, as they are.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        // No tree of folders holds these side by side.
        "a", "a/b", "a/b/", "a//b", "a/", "a///", "/x", "//x", "x/", "x/y", "/",
        // Every URI library that means well changes these.
        "../x", "./y", "..", ".", "a/../b", "a/./b", "a/..", "z/.", "...", ".../z",
        // What escaping mistakes show themselves on.
        " ", "a b", " lead", "trail ", "a+b", "+", "%", "%2F", "a%2Fb", "100%", "%zz", "%25", "a&b=c", "a?b",
        "?", "?acl", "a#b", "#", "a;b", "a:b", "a=b", "a,b", "a@b", "$HOME", "'one'", "\"two\"", "`x`", "back\\slash",
        "\\", "<tag>&amp;", "{x}", "[x]", "^", "|", "~", "*", "!", "(x)", "s3://x",
        "http://example.com/?q=1", "tab\there",
        // The composed and the decomposed form are two keys; so are upper and lower case.
        "caf\u00e9", "cafe\u0301", "A", "\u202egnp.exe", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\U0001F600",
        "\U0001F468\u200d\U0001F469\u200d\U0001F467",
        "\u65e5\u672c\u8a9e/\u7d22\u5f15.html", "\u00a0", "\u2028", "\ufeffbom", "\ufffd", "\uffee", "\U0010FFFD",
        // As long as keys may be, in one segment, in many, in letters of several bytes.
        new string('k', 1024), string.Concat(Enumerable.Repeat("d/", 512)), new string('\u00e9', 512),
        string.Concat(Enumerable.Repeat("\U0001F600", 256)),
        new string('n', 256), "CON", "aux.txt", "dot.", ".hidden", "-rf", "--help",
    ];

    /// <summary>Control characters and what XML 1.0 cannot hold: listed only with <c>encoding-type=url</c>.</summary>
    public static IReadOnlyList<string> Control { get; } =
        [.. Enumerable.Range(1, 31).Append(127).Select(code => $"c{(char)code}c")];
}
