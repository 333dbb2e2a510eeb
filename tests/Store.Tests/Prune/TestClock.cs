namespace JadaStore.Store.Tests.Prune;

/// <summary>A calendar that stands still until it is turned; timers and durations are the real ones.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan time) => _now += time;
}
