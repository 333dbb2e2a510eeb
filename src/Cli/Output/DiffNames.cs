using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>A letter and a path a line, as <c>git diff --name-status</c>.</summary>
/// <param name="output">Written to.</param>
/// <param name="names">The snapshots', to say which did not take something; null where only paths are wanted.</param>
/// <param name="summary">Whether a line with counts ends it.</param>
internal sealed class DiffNames(TextWriter output, DiffNaming? names, bool summary) : DiffOutput
{
    /// <inheritdoc/>
    public override Task AddAsync(Change change, CancellationToken cancellationToken) =>
        output.WriteLineAsync($"{EntryText.Letter(change.Kind)}\t{change.Path}"
            + (names?.Text(change.Kind) is { } text ? $"\t{text}" : ""));

    /// <inheritdoc/>
    public override Task EndAsync(DiffSummary counts) =>
        summary ? output.WriteLineAsync(counts.ToString()) : Task.CompletedTask;
}
