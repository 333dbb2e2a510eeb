using System.Text.Json.Serialization;

namespace JadaStore.Cli.Output.Json;

/// <summary>What <c>init --json</c> prints.</summary>
/// <param name="Id">Null where there was a repository already, which is not opened.</param>
/// <param name="Location">Where it is.</param>
/// <param name="HasPassword">Null likewise.</param>
/// <param name="Estate">With <c>--aws</c>; left out otherwise.</param>
internal sealed record RepositoryJson(
    string? Id, string Location, bool? HasPassword,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EstateJson? Estate = null);
