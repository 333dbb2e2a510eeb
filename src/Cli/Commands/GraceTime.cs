using System.Globalization;

namespace JadaStore.Cli.Commands;

/// <summary>How long something can be taken back, as it is typed: <c>36h</c>, <c>7d</c>, <c>2w</c>.</summary>
internal static class GraceTime
{
    /// <summary>At least an hour.</summary>
    /// <exception cref="UsageException">It is no such time.</exception>
    public static TimeSpan Read(string option, string text)
    {
        int hours = text.Length > 0 ? text[^1] switch { 'h' => 1, 'd' => 24, 'w' => 7 * 24, _ => 0 } : 0;
        return hours > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is > 0 and < 100_000
            ? TimeSpan.FromHours((long)hours * count)
            : throw new UsageException($"{option} takes a time such as 36h, 7d or 2w; got {text}. --now takes none.");
    }
}
