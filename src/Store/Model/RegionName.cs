namespace JadaStore.Store.Model;

/// <summary>Names of regions at the start of paths: <c>us-east-1/functions</c>.</summary>
public static class RegionName
{
    // us-gov-east-1
    private const int MostParts = 4;

    /// <summary>Whether the text reads like a region: <c>eu-west-3</c>, <c>us-gov-east-1</c>.</summary>
    /// <remarks>Allocates nothing: asked of all lines of the ledgers of all snapshots.</remarks>
    public static bool Is(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[MostParts + 1];
        int count = text.Split(parts, '-');
        if (count is < MostParts - 1 or > MostParts || text[parts[0]].Length is < 2 or > 4)
        {
            return false;
        }

        foreach (Range part in parts[..(count - 1)])
        {
            if (text[part].IsEmpty || text[part].ContainsAnyExceptInRange('a', 'z'))
            {
                return false;
            }
        }

        ReadOnlySpan<char> number = text[parts[count - 1]];
        return number.Length is 1 or 2 && !number.ContainsAnyExceptInRange('0', '9')
            && IsDirection(text[parts[count - 2]]);
    }

    /// <summary>The region that the path begins with, null where it begins with none, and what follows it.</summary>
    public static (string? Region, string Below) Split(string path)
    {
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        int end = slash < 0 ? path.Length : slash;
        return Is(path.AsSpan(0, end)) ? (path[..end], slash < 0 ? "" : path[(slash + 1)..]) : (null, path);
    }

    private static bool IsDirection(ReadOnlySpan<char> text) =>
        text is "north" or "east" or "south" or "west"
            or "northeast" or "southeast" or "southwest" or "northwest" or "central";
}
