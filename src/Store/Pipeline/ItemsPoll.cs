using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Asks a collector now and then how far it is, from its start until it is disposed.</summary>
/// <remarks>
/// A service's resources are gathered before the first entry is given out; without this nobody would hear of it until
/// then. Whoever disposes waits for the last report.
/// </remarks>
internal sealed class ItemsPoll : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly PeriodicTimer _timer;
    private readonly Task _asking;

    /// <param name="collector">Asked.</param>
    /// <param name="report">Told whenever the answer is another than before, one call at a time, from any thread;
    /// null: nothing is asked.</param>
    /// <param name="time">The clock.</param>
    public ItemsPoll(ICollector collector, Action? report, TimeProvider time)
    {
        _timer = new PeriodicTimer(Interval, time);
        _asking = report is null ? Task.CompletedTask : AskAsync(collector, report);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _asking.ConfigureAwait(false);
    }

    private async Task AskAsync(ICollector collector, Action report)
    {
        SourceItems? last = null;
        while (await _timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (collector.Items is { } items && items != last)
            {
                last = items;
                report();
            }
        }
    }
}
