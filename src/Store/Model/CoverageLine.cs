namespace JadaStore.Store.Model;

/// <summary>One line of a source's ledger: a part of it, whether it was seen, and why not.</summary>
/// <param name="Area">
/// The part, as a path in the source: <c>us-east-1/functions</c>; empty for the whole source.
/// </param>
/// <param name="State">What became of it.</param>
/// <param name="Count">How many resources were found; 0 where none was looked for.</param>
/// <param name="Reason">Why it is not captured, for a person; empty where it is.</param>
/// <param name="Folder">Where in the source that would lie which is unsupported, without a <c>/</c> at its end;
/// null: at <paramref name="Area"/>, as most does.</param>
public sealed record CoverageLine(
    string Area, CoverageState State, long Count, string Reason = "", string? Folder = null);
