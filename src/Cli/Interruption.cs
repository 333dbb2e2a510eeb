using System.Runtime.InteropServices;

namespace JadaStore.Cli;

/// <summary>Turns Ctrl-C, SIGTERM and SIGHUP into a cancelled token.</summary>
/// <remarks>
/// The second Ctrl-C or SIGTERM ends the process at once. SIGHUP never does: a terminal that closes may send it twice,
/// and
/// nobody is there to be impatient.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Listens from here on.</summary>
    public Interruption() =>
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
        ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = context.Signal == PosixSignal.SIGHUP || !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
