using System.Globalization;

namespace JadaStore.Cli.Commands;

/// <summary>
/// A number of bytes as it is typed: <c>1048576</c>, <c>500M</c>, <c>2G</c>, <c>1.5GiB</c>; by 1,024.
/// </summary>
internal static class ByteCount
{
    private const string Units = "KMGT";

    /// <summary>At least 0.</summary>
    /// <exception cref="UsageException">It is no such number.</exception>
    public static long Read(string option, string text)
    {
        string number = text.EndsWith("iB", StringComparison.OrdinalIgnoreCase) ? text[..^2] : text.TrimEnd('B', 'b');
        int power =
            number.Length > 0 ? 1 + Units.IndexOf(char.ToUpperInvariant(number[^1]), StringComparison.Ordinal) : 0;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        return double.TryParse(power > 0 ? number[..^1] : number, Style, CultureInfo.InvariantCulture, out double count)
            && count * Math.Pow(1024, power) is var bytes and < long.MaxValue
            ? (long)bytes
            : throw new UsageException($"{option} takes a size such as 500M or 2G; got {text}.");
    }
}
