using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>Progress where no terminal is: a plain line every few seconds.</summary>
internal sealed class ProgressLog(TextWriter error, TimeProvider time) : IProgressOutput
{
    private readonly Pace _pace = new(time, TimeSpan.FromSeconds(5));
    private readonly Lock _writing = new();
    private readonly SnapshotLines _snapshot = new();

    /// <inheritdoc/>
    public void Report(SnapshotProgress value)
    {
        lock (_writing)
        {
            _snapshot.Set(value);
            if (_pace.IsDue())
            {
                error.WriteLine(EntryText.Printable(_snapshot.LineOf(value.Root, _pace.Elapsed)));
            }
        }
    }

    /// <inheritdoc/>
    public void Report(RestoreProgress value)
    {
        if (_pace.IsDue())
        {
            Write(ProgressText.Of(value, _pace.Elapsed));
        }
    }

    /// <inheritdoc/>
    public void Report(VerifyProgress value)
    {
        if (_pace.IsDue())
        {
            Write(ProgressText.Of(value, _pace.Elapsed));
        }
    }

    /// <inheritdoc/>
    public void Report(VerifySourceProgress value)
    {
        if (_pace.IsDue())
        {
            Write(ProgressText.Of(value, _pace.Elapsed));
        }
    }

    /// <inheritdoc/>
    public void Report(PruneProgress value)
    {
        if (_pace.IsDue())
        {
            Write(ProgressText.Of(value, _pace.Elapsed));
        }
    }

    /// <inheritdoc/>
    public void Report(RebuildProgress value)
    {
        if (_pace.IsDue())
        {
            Write(ProgressText.Of(value, _pace.Elapsed));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(string line)
    {
        lock (_writing)
        {
            error.WriteLine(line);
        }
    }
}
