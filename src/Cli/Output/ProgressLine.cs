using System.Text;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>
/// Progress on a terminal: a few live lines, drawn again in place, gone when the work is done.
/// </summary>
/// <remarks>Reports come from any thread; only every 80 ms is one drawn. Not <see cref="Progress{T}"/>, which posts
/// reports to the thread pool, late and out of order.</remarks>
internal sealed class ProgressLine(Shell shell) : IProgressOutput
{
    private const string EraseToEnd = "\x1b[J";

    private readonly Pace _pace = new(shell.Time, TimeSpan.FromMilliseconds(80));
    private readonly SnapshotLines _snapshot = new();
    private readonly Lock _drawing = new();
    private Func<TimeSpan, string>? _other;
    private int _drawn;

    /// <inheritdoc/>
    public void Report(SnapshotProgress value)
    {
        lock (_drawing)
        {
            _snapshot.Set(value);
            _other = null;
            if (value.Done || _pace.IsDue())
            {
                Draw();
            }
        }
    }

    /// <inheritdoc/>
    public void Report(RestoreProgress value) => Set(elapsed => ProgressText.Of(value, elapsed));

    /// <inheritdoc/>
    public void Report(VerifyProgress value) => Set(elapsed => ProgressText.Of(value, elapsed));

    /// <inheritdoc/>
    public void Report(VerifySourceProgress value) => Set(elapsed => ProgressText.Of(value, elapsed));

    /// <inheritdoc/>
    public void Report(RebuildProgress value) => Set(elapsed => ProgressText.Of(value, elapsed));

    /// <inheritdoc/>
    public void Report(PruneProgress value) => Set(elapsed => ProgressText.Of(value, elapsed));

    /// <summary>Wipes the lines: what follows is the result.</summary>
    public void Dispose()
    {
        lock (_drawing)
        {
            if (_drawn > 0)
            {
                shell.Error.Write(ToTop() + EraseToEnd);
                _drawn = 0;
            }

            _snapshot.Clear();
            _other = null;
        }
    }

    private void Set(Func<TimeSpan, string> text)
    {
        if (!_pace.IsDue())
        {
            return;
        }

        lock (_drawing)
        {
            _other = text;
            Draw();
        }
    }

    private void Draw()
    {
        int width = shell.Width() - 1;
        var frame = new StringBuilder(ToTop());
        IReadOnlyList<string> lines = _other is null ? _snapshot.Of(_pace.Elapsed) : [_other(_pace.Elapsed)];
        foreach (string line in lines)
        {
            frame.Append(Columns.Cut(EntryText.Printable(line), width)).Append("\x1b[K\n");
        }

        if (lines.Count < _drawn)
        {
            frame.Append(EraseToEnd);
        }

        _drawn = lines.Count;
        shell.Error.Write(frame);
    }

    private string ToTop() => _drawn > 0 ? $"\r\x1b[{_drawn}A" : "\r";
}
