namespace JadaStore.Cli.Sources;

/// <summary>Where a path leads once every symbolic link on it is followed.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows; a circle of links ends here.</summary>
    private const int MostLinks = 40;

    /// <summary>
    /// The path without links; what is not there yet, or cannot be looked at, is kept as it is written.
    /// </summary>
    /// <param name="path">A full path.</param>
    public static string Of(string path)
    {
        int links = MostLinks;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    /// <summary>Whether the one is the other, or lies in it; both without links.</summary>
    public static bool IsAtOrBelow(string path, string folder)
    {
        string whole = Path.TrimEndingDirectorySeparator(path);
        string stem = Path.TrimEndingDirectorySeparator(folder);
        StringComparison how =
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return whole.Equals(stem, how)
            || whole.StartsWith(Path.EndsInDirectorySeparator(stem) ? stem : stem + Path.DirectorySeparatorChar, how);
    }

    private static string Resolve(string path, ref int links)
    {
        string full = Path.TrimEndingDirectorySeparator(path);
        if (Path.GetDirectoryName(full) is not { } parent)
        {
            return full;
        }

        string at = Path.Combine(Resolve(parent, ref links), Path.GetFileName(full));
        if (links == 0 || LinkTarget(at) is not { } target)
        {
            return at;
        }

        links--;
        return Resolve(Path.GetFullPath(target, Path.GetDirectoryName(at)!), ref links);
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
