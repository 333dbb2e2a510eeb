using System.Globalization;

namespace JadaStore.Collectors.Aws.Protocols;

/// <summary>Points in time: as services write them, and as the AWS CLI prints them.</summary>
internal static class AwsTime
{
    /// <summary>
    /// ISO 8601, RFC 822 or seconds since 1970 as the CLI prints it, <c>2026-11-23T09:37:48+00:00</c>, with six digits
    /// of a second where they are not zero; what is none of them as it is.
    /// </summary>
    public static string ToCli(string wire)
    {
        if (!TryParse(wire, out DateTimeOffset time))
        {
            return wire;
        }

        string format = time.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMicrosecond
            ? "yyyy-MM-dd'T'HH:mm:ss'+00:00'"
            : "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'";
        return time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Any of these as a service takes it; what is none of them as it is.</summary>
    /// <param name="cli">As the CLI prints it.</param>
    /// <param name="format"><c>iso8601</c>, <c>rfc822</c> or <c>unixTimestamp</c>.</param>
    public static string ToWire(string cli, string format)
    {
        if (!TryParse(cli, out DateTimeOffset time))
        {
            return cli;
        }

        DateTime utc = time.UtcDateTime;
        bool whole = utc.Ticks % TimeSpan.TicksPerSecond == 0;
        return format switch
        {
            "rfc822" => utc.ToString("R", CultureInfo.InvariantCulture),
            "unixTimestamp" => whole
                ? time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
                : ((utc - DateTime.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond).ToString(
                    "0.#######", CultureInfo.InvariantCulture),
            _ => utc.ToString(
                whole ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Whether it is seconds since 1970, as JSON has numbers.</summary>
    public static bool IsSeconds(string wire) =>
        JsonNumber.Fraction(wire) is not null && char.IsAsciiDigit(wire[^1])
        && char.IsAsciiDigit(wire[wire[0] == '-' ? 1 : 0]);

    private static bool TryParse(string text, out DateTimeOffset time)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds))
        {
            // Years 1 to 9999 fit; what a hostile server says may not.
            bool fits = seconds is > -62_000_000_000m and < 253_000_000_000m;
            time = fits
                ? DateTimeOffset.UnixEpoch.AddTicks((long)(decimal.Round(seconds, 6) * TimeSpan.TicksPerSecond))
                : default;
            return fits;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time);
    }
}
