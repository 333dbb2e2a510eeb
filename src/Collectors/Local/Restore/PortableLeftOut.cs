namespace JadaStore.Collectors.Local.Restore;

/// <summary>The folders that a restore never touches, as they are called below the target.</summary>
/// <remarks>
/// Links in their paths and in the target's are resolved once, at the start; below the target none is followed anyway.
/// Where a file system may take names for the same that differ in case, they count as the same.
/// </remarks>
internal sealed class PortableLeftOut
{
    private const int MostLinks = 40;

    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    private readonly List<string> _leftOut = [];

    /// <param name="target">The target folder, as a full path.</param>
    /// <param name="paths">Absolute; those that the target does not reach are passed over.</param>
    /// <exception cref="IOException">Links lead round in a circle.</exception>
    public PortableLeftOut(string target, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            return;
        }

        string resolved = Resolve(target);
        foreach (string path in paths)
        {
            string leftOut = Resolve(path);
            if (IsAtOrBelow(resolved, leftOut))
            {
                _leftOut.Add(Path.TrimEndingDirectorySeparator(target));
            }
            else if (IsAtOrBelow(leftOut, resolved))
            {
                _leftOut.Add(Path.Combine(target, Path.GetRelativePath(resolved, leftOut)));
            }
        }
    }

    /// <summary>Whether there are none, so that nothing need be asked.</summary>
    public bool IsEmpty => _leftOut.Count == 0;

    /// <summary>Whether a place is one of them or lies in one.</summary>
    public bool Holds(string place)
    {
        foreach (string leftOut in _leftOut)
        {
            if (IsAtOrBelow(place, leftOut))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a place is one of them or has one in it.</summary>
    public bool IsIn(string place) => _leftOut.Exists(leftOut => IsAtOrBelow(leftOut, place));

    private static bool IsAtOrBelow(string path, string folder)
    {
        ReadOnlySpan<char> stem = Path.TrimEndingDirectorySeparator(folder.AsSpan());
        return path.AsSpan().StartsWith(stem, Comparison)
            && (path.Length == stem.Length || Path.EndsInDirectorySeparator(stem) || IsSeparator(path[stem.Length]));
    }

    // Name by name, because any folder on the way may be a link; what is missing stays as it is called.
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        string at = Path.GetPathRoot(full)!;
        var rest = new Stack<string>();
        Push(rest, full[at.Length..]);
        for (int links = 0; rest.TryPop(out string? name);)
        {
            if (name is "." or "..")
            {
                at = name == "." ? at : Path.GetDirectoryName(at) ?? at;
                continue;
            }

            string next = Path.Combine(at, name);
            if (new FileInfo(next).LinkTarget is not { } link)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{path} leads through too many links");
            }

            string root = Path.GetPathRoot(link)!;
            at = root.Length == 0 ? at : Path.GetPathRoot(Path.GetFullPath(link, at))!;
            Push(rest, link[root.Length..]);
        }

        return at;
    }

    private static void Push(Stack<string> rest, string path)
    {
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        foreach (string name in path.Split(separators, StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            rest.Push(name);
        }
    }

    private static bool IsSeparator(char letter) =>
        letter == Path.DirectorySeparatorChar || letter == Path.AltDirectorySeparatorChar;
}
