using System.Collections.Concurrent;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>A clock on which all waits are over at once, and which keeps how long they would have been.</summary>
internal sealed class WaitCounter : TimeProvider
{
    /// <summary>The longest that the first wait may be.</summary>
    public static TimeSpan Backoff { get; } = TimeSpan.FromSeconds(1);

    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero)
        {
            Waits.Enqueue(dueTime);
            dueTime = TimeSpan.Zero;
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }
}
