using JadaStore.Cli.Estate;
using JadaStore.Cli.Output.Json;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>Changes as one JSON document that is written as they come.</summary>
/// <param name="output">Written to.</param>
/// <param name="names">The snapshots'.</param>
/// <param name="roots">Which paths are documents of services, whose members are compared.</param>
/// <param name="documents">Reads those.</param>
internal sealed class DiffJson(
    TextWriter output, DiffNaming names, EstateRoots roots, Documents documents) : DiffOutput
{
    private string _before = "\n";

    /// <inheritdoc/>
    public override Task BeginAsync() =>
        output.WriteAsync(
            $"{{\"from\":{JsonOutput.Text(names.Older)},\"to\":{JsonOutput.Text(names.Newer)},\"changes\":[");

    /// <inheritdoc/>
    public override async Task AddAsync(Change change, CancellationToken cancellationToken)
    {
        DocumentDifference? difference = roots.ResourceOf(change.Path) is { IsDocument: true }
            ? await documents.CompareAsync(change, cancellationToken).ConfigureAwait(false) : null;
        await output.WriteAsync(
            _before + JsonOutput.Text(ChangeJson.Of(change, difference, names))).ConfigureAwait(false);
        _before = ",\n";
    }

    /// <inheritdoc/>
    public override Task EndAsync(DiffSummary summary) =>
        output.WriteLineAsync($"],\"summary\":{JsonOutput.Text(summary.ToJson())}}}");
}
