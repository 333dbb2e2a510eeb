using System.Globalization;
using System.Text.Json.Nodes;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>Numbers with a fraction, in one spelling: the AWS CLI's (Python's), and every digit kept.</summary>
internal static class JsonNumber
{
    // From here on, in either direction, it is written with an exponent.
    private const int LeastPoint = -3, MostPoint = 16;

    /// <summary><c>1.0</c>, <c>0.25</c>, <c>1e+16</c>; null for what is no number.</summary>
    /// <param name="text">Digits, perhaps with a sign, a fraction and an exponent.</param>
    public static JsonNode? Fraction(string text) => Print(text) is { } printed ? JsonNode.Parse(printed) : null;

    /// <summary>A whole number, as it stands; null for what is none, or not written as JSON has it.</summary>
    public static JsonNode? Whole(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        bool plain = digits.Length is > 0 and <= 40 && !digits.ContainsAnyExceptInRange('0', '9')
            && (digits.Length == 1 || digits[0] != '0');
        return plain ? JsonNode.Parse(text) : null;
    }

    private static string? Print(string text)
    {
        int mark = text.AsSpan().IndexOfAny('e', 'E');
        int exponent = 0;
        if (mark >= 0 && !int.TryParse(
            text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return null;
        }

        ReadOnlySpan<char> number = mark < 0 ? text : text.AsSpan(0, mark);
        bool negative = number.StartsWith("-");
        number = negative || number.StartsWith("+") ? number[1..] : number;
        int dot = number.IndexOf('.');
        ReadOnlySpan<char> whole = dot < 0 ? number : number[..dot], fraction = dot < 0 ? [] : number[(dot + 1)..];
        if (whole.Length + fraction.Length == 0 || Math.Abs((long)exponent) > 100_000
            || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        string all = string.Concat(whole, fraction), significant = all.TrimStart('0');
        int point = whole.Length + exponent - (all.Length - significant.Length);
        return (negative ? "-" : "") + Print(significant.TrimEnd('0'), point);
    }

    // The digits, of which neither the first nor the last is 0, and how many of them stand before the point.
    private static string Print(string digits, int point) => (digits.Length, point) switch
    {
        (0, _) => "0.0",
        (_, >= LeastPoint and <= 0) => $"0.{new string('0', -point)}{digits}",
        (int length, > 0 and <= MostPoint) => point >= length
            ? $"{digits.PadRight(point, '0')}.0"
            : $"{digits[..point]}.{digits[point..]}",
        _ => digits[..1] + (digits.Length > 1 ? "." : "") + digits[1..] + (point > 0 ? "e+" : "e-")
            + Math.Abs(point - 1).ToString("00", CultureInfo.InvariantCulture),
    };
}
