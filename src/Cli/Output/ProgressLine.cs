using System.Text;
using JadaStore.Store.Requests;

namespace JadaStore.Cli.Output;

/// <summary>
/// Progress on a terminal: one live line for each source, drawn again in place, gone when the work is done.
/// </summary>
/// <remarks>Reports come from any thread; only every 80 ms is one drawn. Not <see cref="Progress{T}"/>, which posts
/// reports to the thread pool, late and out of order.</remarks>
internal sealed class ProgressLine(Shell shell) : IProgressOutput
{
    private const string EraseToEnd = "\x1b[J";

    private readonly Pace _pace = new(shell.Time, TimeSpan.FromMilliseconds(80));
    private readonly SortedDictionary<string, Func<TimeSpan, string>> _lines = new(StringComparer.Ordinal);
    private readonly Lock _drawing = new();
    private int _drawn;

    /// <inheritdoc/>
    public void Report(SnapshotProgress value) => Set(value.Root, elapsed => ProgressText.Of(value, elapsed), value.Done);

    /// <inheritdoc/>
    public void Report(RestoreProgress value) => Set("", elapsed => ProgressText.Of(value, elapsed), last: false);

    /// <inheritdoc/>
    public void Report(VerifyProgress value) => Set("", elapsed => ProgressText.Of(value, elapsed), last: false);

    /// <inheritdoc/>
    public void Report(VerifySourceProgress value) => Set("", elapsed => ProgressText.Of(value, elapsed), last: false);

    /// <inheritdoc/>
    public void Report(RebuildProgress value) => Set("", elapsed => ProgressText.Of(value, elapsed), last: false);

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

            _lines.Clear();
        }
    }

    private void Set(string key, Func<TimeSpan, string> text, bool last)
    {
        if (!last && !_pace.IsDue())
        {
            return;
        }

        lock (_drawing)
        {
            _lines[key] = text;
            Draw();
        }
    }

    private void Draw()
    {
        int width = shell.Width() - 1;
        var frame = new StringBuilder(ToTop());
        foreach (Func<TimeSpan, string> line in _lines.Values)
        {
            frame.Append(Columns.Cut(line(_pace.Elapsed), width)).Append("\x1b[K\n");
        }

        _drawn = _lines.Count;
        shell.Error.Write(frame);
    }

    private string ToTop() => _drawn > 0 ? $"\r\x1b[{_drawn}A" : "\r";
}
