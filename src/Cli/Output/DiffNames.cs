using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>A letter and a path a line, as <c>git diff --name-status</c>.</summary>
/// <param name="output">Written to.</param>
/// <param name="summary">Whether a line with counts ends it.</param>
internal sealed class DiffNames(TextWriter output, bool summary) : DiffOutput
{
    /// <inheritdoc/>
    public override Task AddAsync(Change change, CancellationToken cancellationToken) =>
        output.WriteLineAsync($"{EntryText.Letter(change.Kind)}\t{change.Path}");

    /// <inheritdoc/>
    public override Task EndAsync(DiffSummary counts) =>
        summary ? output.WriteLineAsync(counts.ToString()) : Task.CompletedTask;
}
