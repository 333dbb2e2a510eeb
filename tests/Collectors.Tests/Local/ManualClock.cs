namespace JadaStore.Collectors.Tests.Local;

/// <summary>Tells the time that it was given.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
