using System.Text;
using JadaStore.Cli.Sources;
using JadaStore.Collectors.Local.Ignore;
using JadaStore.Store.Model;

namespace JadaStore.Fuzz.Targets;

/// <summary>Patterns: of ignore files, which lie among what is captured, and of arguments.</summary>
internal static class PatternTargets
{
    /// <summary>One a language.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("ignore-file", () => Texts("# c\n*.tmp\n!keep.tmp\n/build/\na/**/b\n[a-z]?\\ \r\n\0a/x/b", "foo**/bar\n[[:digit:]]\n[!\n\\\0foo1/x/bar"), Ignore),
        new("glob", () => Texts("**/[a-c]*.?s\0src/x/b1.cs", "a**b\\*[!x]\0aaab*y", "*a*a*a*a*b\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), Find),
    ];

    private static void Ignore(byte[] bytes)
    {
        int end = bytes.AsSpan().IndexOf((byte)0);
        IgnoreFile file = IgnoreFile.Parse(end < 0 ? bytes : bytes.AsSpan(0, end));
        ReadOnlySpan<byte> path = end < 0 ? "a/b"u8 : bytes.AsSpan(end + 1);
        path = path[..Math.Min(path.Length, 200)];
        IgnoreRules rules = new IgnoreRules([], [file]).With(file, 0);
        int name = path.LastIndexOf((byte)'/') + 1;
        bool? said = file.Excludes(path, name, false);
        Promise.Holds(rules.Excludes(path, name, false) == (said ?? false), "rules say what their only file says");
        _ = file.Excludes(path, name, true);
    }

    private static void Find(byte[] bytes)
    {
        string[] parts = Encoding.UTF8.GetString(bytes).Split('\0', 2);
        string path = parts.Length > 1 ? parts[1][..Math.Min(parts[1].Length, 200)] : "a/b";
        var glob = new Store.Pipeline.Glob(parts[0]);
        bool matches = glob.Matches(path);
        Promise.Holds(matches == new Store.Pipeline.Glob(parts[0]).Matches(path), "a pattern means the same each time");
        _ = NameGlob.Choose([parts[0]], [], [path]);
        _ = EntryPath.ParseEscaped(parts[0]);
    }

    private static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);
}
