using System.Buffers;
using System.Text;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Local.Restore;

/// <summary>
/// A path that was found to stay under the target, cut into the folder that holds it and its name there.
/// </summary>
/// <remarks>
/// Whatever a repository says, what comes out is plain names with <c>/</c> between them: no <c>.</c>, no <c>..</c>, no
/// empty name, none longer than 255 bytes, no NUL, and on Windows nothing that means a drive, a stream or a device.
/// </remarks>
internal readonly struct TargetPath
{
    private const int LongestName = 255;

    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create("\\:*?\"<>|");

    private readonly ReadOnlyMemory<byte> _path;
    private readonly int _name;

    private TargetPath(ReadOnlyMemory<byte> path, bool isFolder)
    {
        _path = path;
        _name = path.Span.LastIndexOf((byte)'/') + 1;
        IsFolder = isFolder;
    }

    /// <summary>The target folder itself.</summary>
    public bool IsRoot => _path.IsEmpty;

    /// <summary>Whether the path ended in <c>/</c>, or was empty.</summary>
    public bool IsFolder { get; }

    /// <summary>All names with <c>/</c> between them, none at the end.</summary>
    public ReadOnlySpan<byte> Span => _path.Span;

    /// <summary>The names of the folder that holds it; empty for the target itself.</summary>
    public ReadOnlySpan<byte> Parent => _path.Span[..Math.Max(0, _name - 1)];

    /// <summary>The last name, and a NUL behind it; in a new array. The target itself is <c>.</c>.</summary>
    public byte[] Name() => IsRoot ? [(byte)'.', 0] : [.. _path.Span[_name..], 0];

    /// <summary>What is said of a path at or below a folder that is left out.</summary>
    public static IOException LeftOut() => new("lies in the repository, which a restore never touches");

    /// <summary>Checks a path from a repository.</summary>
    /// <param name="path">Hostile.</param>
    /// <param name="windows">Whether the rules of Windows hold as well.</param>
    /// <exception cref="IOException">The path would leave the target, or no file system could hold it.</exception>
    public static TargetPath Of(EntryPath path, bool windows = false)
    {
        ReadOnlyMemory<byte> stem = path.IsFolder && path.Length > 0 ? path.Memory[..^1] : path.Memory;
        ReadOnlySpan<byte> rest = stem.Span;
        if (path.Length > 0)
        {
            for (int end = 0; end >= 0; rest = end < 0 ? rest : rest[(end + 1)..])
            {
                end = rest.IndexOf((byte)'/');
                Check(end < 0 ? rest : rest[..end], windows);
            }
        }

        return new TargetPath(stem, path.IsFolder);
    }

    /// <summary>Whether a file or a folder can have this name.</summary>
    public static bool IsName(ReadOnlySpan<byte> name, bool windows) =>
        name.Length <= LongestName && Fault(name, windows) is null;

    private static void Check(ReadOnlySpan<byte> name, bool windows)
    {
        if (Fault(name, windows) is { } fault)
        {
            throw new IOException($"the path would leave the target: {fault}");
        }

        if (name.Length > LongestName)
        {
            throw new IOException(
                $"a name of {name.Length} bytes is too long: no more than {LongestName} are possible");
        }
    }

    private static string? Fault(ReadOnlySpan<byte> name, bool windows) =>
        name switch
        {
            [] => "it has an empty name in it",
            [(byte)'.'] or [(byte)'.', (byte)'.'] => "it has . or .. in it",
            _ when name.Contains((byte)0) => "it has a NUL byte in it",
            _ when windows => WindowsFault(Encoding.UTF8.GetString(name)),
            _ => null,
        };

    private static string? WindowsFault(string name)
    {
        if (name.AsSpan().ContainsAny(NotOnWindows) || name.Any(letter => letter < ' '))
        {
            return "it has a character in it that no name can have on Windows";
        }

        if (name[^1] is '.' or ' ')
        {
            return "a name in it ends in a dot or a blank, which Windows drops";
        }

        // A device is meant whatever extension stands behind it; the raised digits count as digits.
        string stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        bool isDevice = stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && stem[3] is (>= '0' and <= '9') or '¹' or '²' or '³');
        return isDevice ? $"{stem} is a device on Windows" : null;
    }
}
