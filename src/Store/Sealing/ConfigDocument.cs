namespace JadaStore.Store.Sealing;

/// <summary>The JSON of <c>config</c>; docs/format.md, "config". All members are required.</summary>
internal sealed record ConfigDocument(
    int Format, string RepositoryId, DateTimeOffset Created, ConfigDocument.ChunkerSizes Chunker)
{
    /// <summary>How content is cut; sizes in bytes.</summary>
    internal sealed record ChunkerSizes(string Algorithm, int Min, int Average, int Max);
}
