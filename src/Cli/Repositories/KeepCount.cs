using System.Globalization;
using JadaStore.Store.Retention;

namespace JadaStore.Cli.Repositories;

/// <summary>
/// How many a rule keeps, as it is typed: <c>7</c>; <c>all</c> or <c>-1</c> for as many as there are.
/// </summary>
internal static class KeepCount
{
    /// <summary>Reads one; 0 is none.</summary>
    public static bool TryParse(string text, out int count)
    {
        if (text is "all" or "-1")
        {
            count = KeepRules.All;
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
    }
}
