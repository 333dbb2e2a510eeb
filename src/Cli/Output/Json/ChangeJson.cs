using System.Text.Json.Serialization;
using JadaStore.Cli.Estate;
using JadaStore.Store.Model;

namespace JadaStore.Cli.Output.Json;

/// <summary>An element of the <c>changes</c> of <c>diff --json</c>.</summary>
/// <param name="Path">Source root first.</param>
/// <param name="Change"><c>added</c>, <c>removed</c>, <c>modified</c>, <c>metadata</c>, <c>unknown</c> or
/// <c>not_taken</c>.</param>
/// <param name="Old">In the older snapshot.</param>
/// <param name="New">In the newer one.</param>
/// <param name="Members">Of a service's document: what of it differs; left out where that cannot be said.</param>
/// <param name="NotTakenIn">The snapshot that did not take what is not taken.</param>
internal sealed record ChangeJson(
    string Path,
    string Change,
    ContentJson? Old,
    ContentJson? New,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MemberJson>? Members = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NotTakenIn = null)
{
    /// <summary>The same, as the repository has it.</summary>
    public static ChangeJson Of(Change change, DocumentDifference? difference, DiffNaming names) => new(
        change.Path.ToString(),
        EntryText.Change(change.Kind),
        ContentJson.Of(change.Old),
        ContentJson.Of(change.New),
        difference is null ? null : [.. difference.Members.Select(MemberJson.Of)],
        names.NotTakenIn(change.Kind));
}
