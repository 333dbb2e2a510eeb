using System.Globalization;

namespace JadaStore.Cli.Commands;

/// <summary>A share as it is typed: <c>5%</c>, <c>0.5%</c>, <c>100</c>.</summary>
internal static class Percent
{
    /// <summary>Above 0, up to 1.</summary>
    /// <exception cref="UsageException">It is no such share.</exception>
    public static double Share(string option, string text)
    {
        bool good = double.TryParse(
            text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out double percent);
        return good && percent is > 0 and <= 100
            ? percent / 100
            : throw new UsageException($"{option} takes a share such as 5%, above 0 and up to 100; got {text}.");
    }
}
