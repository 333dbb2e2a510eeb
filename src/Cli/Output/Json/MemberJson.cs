using System.Text.Json;
using System.Text.Json.Serialization;
using JadaStore.Cli.Estate;

namespace JadaStore.Cli.Output.Json;

/// <summary>A member of a document that differs.</summary>
/// <param name="Path">Which: <c>Origins.Items[Id=site].DomainName</c>.</param>
/// <param name="Old">Left out where only the newer document has it.</param>
/// <param name="New">Left out where only the older one has it.</param>
internal sealed record MemberJson(
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Old,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? New)
{
    /// <summary>The same, as it was found.</summary>
    public static MemberJson Of(MemberChange change) => new(change.Path.ToString(), change.Old, change.New);
}
