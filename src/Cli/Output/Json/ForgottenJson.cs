using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of <c>undelete --json</c> without names: what can be brought back.</summary>
internal sealed record ForgottenJson(string Name, string Id, DateTime Time, DateTime Forgotten, string Reason)
{
    /// <summary>The same, as the repository has it.</summary>
    public static ForgottenJson Of(ForgottenSnapshot one) => new(
        one.Snapshot.Record.Name, one.Snapshot.Id.ToString(), one.Snapshot.Record.Time.UtcDateTime,
        one.Forgotten.UtcDateTime, one.Reason);
}
