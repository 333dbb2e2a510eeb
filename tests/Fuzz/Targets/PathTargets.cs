using System.Text;
using JadaStore.Cli.Output;
using JadaStore.Collectors.Local.Restore;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Store.Model;

namespace JadaStore.Fuzz.Targets;

/// <summary>Paths from a repository on their way to a disk or a terminal, and paths that a person types.</summary>
internal static class PathTargets
{
    /// <summary>One a way.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("target-path", Paths, Target),
        new("escaped-name", Paths, Escaped) { MemoryPerByte = 2000 },
        new("typed-path", () => [.. Paths(), "local/a\\x00b\\xFF"u8.ToArray(), "\\x4"u8.ToArray()], Typed)
        {
            MemoryPerByte = 2000,
        },
    ];

    private static void Target(byte[] bytes)
    {
        foreach (bool windows in (bool[])[false, true])
        {
            Promise.Unless<string, IOException>(() =>
            {
                TargetPath path = TargetPath.Of(new EntryPath(bytes), windows);
                foreach (Range range in path.IsRoot ? default : path.Span.Split((byte)'/'))
                {
                    ReadOnlySpan<byte> name = path.Span[range];
                    Promise.Holds(!name.IsEmpty && name.Length <= 255 && !name.Contains((byte)0)
                        && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8), "only plain names come out");
                    Promise.Holds(
                        !windows || IsPlainOnWindows(Encoding.UTF8.GetString(name)),
                        "and on Windows none means something else");
                }

                Promise.Holds(path.Parent.Length <= path.Span.Length && path.Name()[^1] == 0, "it is cut in two");
                return "";
            });
        }
    }

    private static bool IsPlainOnWindows(string name) =>
        !name.EndsWith('.') && !name.EndsWith(' ')
            && name.IndexOfAny(['\\', ':', '*', '?', '"', '<', '>', '|', '\u0001']) < 0
        && name.Split('.')[0].TrimEnd().ToUpperInvariant() is not (
            "CON" or "NUL" or "AUX" or "PRN" or "COM1" or "LPT9" or "CONIN$");

    private static void Escaped(byte[] bytes)
    {
        var key = new EntryPath(bytes);
        foreach (bool windows in (bool[])[false, true])
        {
            foreach (bool isFolderToo in (bool[])[false, true])
            {
                EntryPath name = EscapedNames.NameOf(key, isFolderToo, windows);
                Promise.Holds(EscapedNames.KeyOf(name) == key, "every name leads back to its key");
                Promise.Holds(!name.IsFolder, "a file's name is no folder's");
                TargetPath.Of(name, windows);
            }
        }
    }

    private static void Typed(byte[] bytes)
    {
        var path = new EntryPath(bytes);
        string shown = path.ToString();
        Promise.Holds(!shown.Any(char.IsControl), "no control character reaches a terminal in a path");
        Promise.Holds(!EntryText.Printable(Encoding.UTF8.GetString(bytes)).Any(char.IsControl), "nor in a text");
        if (bytes.AsSpan().IndexOf((byte)'\\') < 0)
        {
            Promise.Holds(EntryPath.ParseEscaped(shown) == path, "what is shown can be typed");
        }

        EntryPath typed = EntryPath.ParseEscaped(Encoding.UTF8.GetString(bytes));
        Promise.Holds(typed.Length <= bytes.Length * 3, "no path grows by being typed");
        _ = VersionPath.Before(path);
        Promise.Unless<string, FormatException>(() => UrlText.Decode(Encoding.UTF8.GetString(bytes), true).ToString());
    }

    private static IEnumerable<byte[]> Paths() =>
    [
        "a/b"u8.ToArray(), "../x"u8.ToArray(), "/a//b/"u8.ToArray(), "a/CON.txt"u8.ToArray(), "x:y/nul /a."u8.ToArray(),
        [0xFF, 0, (byte)'/'],
        "a%=/%2E%2E%=/b%-"u8.ToArray(), [.. Enumerable.Repeat((byte)'n', 300)],
        Encoding.UTF8.GetBytes("\u202eé\u001b[2J\u009b"),
    ];
}
