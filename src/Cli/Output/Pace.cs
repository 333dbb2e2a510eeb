namespace JadaStore.Cli.Output;

/// <summary>Lets something happen at most once an interval; cheap to ask from many threads.</summary>
/// <param name="time">The clock.</param>
/// <param name="interval">From one time to the next; the first time comes after one interval too.</param>
internal sealed class Pace(TimeProvider time, TimeSpan interval)
{
    private readonly long _start = time.GetTimestamp();
    private long _next = time.GetTimestamp() + (long)(interval.TotalSeconds * time.TimestampFrequency);

    /// <summary>Since this was made.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>Whether it is time, for exactly one of those who ask.</summary>
    public bool IsDue()
    {
        long now = time.GetTimestamp();
        long next = Volatile.Read(ref _next);
        return now >= next
            && Interlocked.CompareExchange(ref _next, now + (long)(interval.TotalSeconds * time.TimestampFrequency), next) == next;
    }
}
