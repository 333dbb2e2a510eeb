using JadaStore.Store.Retention;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>forget --json</c>.</summary>
internal sealed record DecisionJson(string Name, string Id, DateTime Time, bool Keep, IReadOnlyList<string> Reasons)
{
    /// <summary>The same, as the plan has it.</summary>
    public static DecisionJson Of(ForgetDecision decision) => new(
        decision.Snapshot.Record.Name, decision.Snapshot.Id.ToString(), decision.Snapshot.Record.Time.UtcDateTime,
        decision.Keep, decision.Reasons);
}
