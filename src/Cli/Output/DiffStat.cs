using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>How sizes changed, a line a path.</summary>
/// <param name="output">Written to.</param>
/// <param name="names">The snapshots'.</param>
internal sealed class DiffStat(TextWriter output, DiffNaming names) : DiffOutput
{
    private readonly Table _table = new("", "PATH", ">OLD", ">NEW", ">CHANGE");

    /// <inheritdoc/>
    public override Task AddAsync(Change change, CancellationToken cancellationToken)
    {
        long by = (change.New?.Size ?? 0) - (change.Old?.Size ?? 0);
        _table.Add(
            EntryText.Letter(change.Kind).ToString(),
            change.Path.ToString(),
            change.Old is null ? "-" : Size.Text(change.Old.Size),
            change.New is null ? "-" : Size.Text(change.New.Size),
            names.Text(change.Kind) ?? (by < 0 ? "-" : "+") + Size.Text(Math.Abs(by)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task EndAsync(DiffSummary summary)
    {
        _table.WriteTo(output);
        return output.WriteLineAsync(summary.ToString());
    }
}
