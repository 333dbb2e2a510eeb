namespace JadaStore.Cli.Tests;

/// <summary>The system's clock, put forward.</summary>
internal sealed class LaterClock(TimeSpan later) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
}
