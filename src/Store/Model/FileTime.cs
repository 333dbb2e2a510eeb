namespace JadaStore.Store.Model;

/// <summary>A point in time as file systems keep it: to the nanosecond, over any range of years.</summary>
/// <param name="Seconds">Seconds since 1970-01-01T00:00:00Z; negative before.</param>
/// <param name="Nanoseconds">0 to 999,999,999, always forward from <paramref name="Seconds"/>.</param>
public readonly record struct FileTime(long Seconds, int Nanoseconds) : IComparable<FileTime>
{
    /// <summary>The same time, cut to the 100 ns that .NET keeps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is not in 1 to 9999.</exception>
    public DateTimeOffset ToDateTimeOffset() =>
        DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanoseconds / 100);

    /// <summary>The same time as .NET keeps it, in whole 100 ns.</summary>
    public static FileTime From(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        long seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out long rest);
        return rest < 0
            ? new FileTime(seconds - 1, (int)(rest + TimeSpan.TicksPerSecond) * 100)
            : new FileTime(seconds, (int)rest * 100);
    }

    /// <inheritdoc/>
    public int CompareTo(FileTime other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>
    /// RFC 3339 in UTC with as many digits as are needed, or the bare seconds for years that it cannot write.
    /// </summary>
    public override string ToString()
    {
        if (Seconds is < -62135596800 or > 253402300799)
        {
            return FormattableString.Invariant($"@{Seconds}.{Nanoseconds:D9}");
        }

        string whole = DateTimeOffset.FromUnixTimeSeconds(Seconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        return Nanoseconds == 0
            ? whole + "Z"
            : whole + FormattableString.Invariant($".{Nanoseconds:D9}").TrimEnd('0') + "Z";
    }

    /// <summary>Earlier than.</summary>
    public static bool operator <(FileTime left, FileTime right) => left.CompareTo(right) < 0;

    /// <summary>Later than.</summary>
    public static bool operator >(FileTime left, FileTime right) => left.CompareTo(right) > 0;

    /// <summary>Earlier than, or the same.</summary>
    public static bool operator <=(FileTime left, FileTime right) => left.CompareTo(right) <= 0;

    /// <summary>Later than, or the same.</summary>
    public static bool operator >=(FileTime left, FileTime right) => left.CompareTo(right) >= 0;
}
