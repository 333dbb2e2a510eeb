using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>A line of a source's ledger.</summary>
/// <param name="Area">Which part: <c>us-east-1/functions</c>; empty for the whole source.</param>
/// <param name="State"><c>captured</c>, <c>partial</c>, <c>denied</c>, <c>unsupported</c>, <c>failed</c> or
/// <c>not_exported</c>.</param>
/// <param name="Count">How many resources were found.</param>
/// <param name="Reason">Why it is not captured; empty where it is.</param>
internal sealed record CoverageJson(string Area, string State, long Count, string Reason)
{
    /// <summary>The same, as the record has it.</summary>
    public static CoverageJson Of(CoverageLine line) =>
        new(line.Area, CoverageWord.Of(line.State), line.Count, line.Reason);
}
