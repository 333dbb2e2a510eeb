namespace JadaStore.Store.Model;

/// <summary>Names of regions at the start of paths: <c>us-east-1/functions</c>.</summary>
public static class RegionName
{
    private static readonly string[] Directions =
        ["north", "east", "south", "west", "northeast", "southeast", "southwest", "northwest", "central"];

    /// <summary>Whether the text reads like a region: <c>eu-west-3</c>, <c>us-gov-east-1</c>.</summary>
    public static bool Is(string text)
    {
        string[] parts = text.Split('-');
        return parts.Length is 3 or 4
            && parts[0].Length is >= 2 and <= 4
            && parts[..^1].All(part => part.Length > 0 && part.All(char.IsAsciiLetterLower))
            && Directions.Contains(parts[^2])
            && parts[^1].Length is 1 or 2 && parts[^1].All(char.IsAsciiDigit);
    }

    /// <summary>The region that the path begins with, null where it begins with none, and what follows it.</summary>
    public static (string? Region, string Below) Split(string path)
    {
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? path : path[..slash];
        return Is(first) ? (first, slash < 0 ? "" : path[(slash + 1)..]) : (null, path);
    }
}
