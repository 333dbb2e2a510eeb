using JadaStore.Cli.Output.Json;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output;

/// <summary>Changes as one JSON document that is written as they come.</summary>
internal sealed class DiffJson(TextWriter output, string from, string to) : DiffOutput
{
    private string _before = "\n";

    /// <inheritdoc/>
    public override Task BeginAsync() =>
        output.WriteAsync($"{{\"from\":{JsonOutput.Text(from)},\"to\":{JsonOutput.Text(to)},\"changes\":[");

    /// <inheritdoc/>
    public override async Task AddAsync(Change change, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_before + JsonOutput.Text(ChangeJson.Of(change))).ConfigureAwait(false);
        _before = ",\n";
    }

    /// <inheritdoc/>
    public override Task EndAsync(DiffSummary summary) =>
        output.WriteLineAsync($"],\"summary\":{JsonOutput.Text(summary.ToJson())}}}");
}
