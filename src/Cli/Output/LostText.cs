using System.Globalization;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>A file that damage hit, as a person reads it.</summary>
internal static class LostText
{
    /// <summary>The snapshot, the path or the range of paths, and since when it is known.</summary>
    public static string Of(DamagedPath path)
    {
        string known = path.LostSince is { } since
            ? $"  (known to be lost since {since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC)"
            : "";
        string range = path.Before switch
        {
            null => "",
            "" => " and all behind it (a lost page)",
            _ => $" and all behind it up to before {path.Before} (a lost page)",
        };
        return EntryText.Printable($"{path.Snapshot}  {path.Path}{range}{known}");
    }
}
