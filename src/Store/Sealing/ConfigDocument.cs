using System.Text.Json.Serialization;
using JadaStore.Store.Chunking;

namespace JadaStore.Store.Sealing;

/// <summary>The JSON of <c>config</c>; docs/format.md, "config". All members but the last are required.</summary>
internal sealed record ConfigDocument(
    int Format,
    string RepositoryId,
    DateTimeOffset Created,
    ConfigDocument.Cutting Chunker,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Parity = null)
{
    /// <summary>How content is cut; sizes in bytes.</summary>
    internal sealed record Cutting(string Algorithm, long FineUntil, ChunkerOptions Fine, ChunkerOptions Coarse);
}
