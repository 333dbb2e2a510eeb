namespace JadaStore.Store.Sealing;

/// <summary>The JSON of <c>condemned/ID</c>; docs/format.md, "condemned/ID".</summary>
/// <param name="Version">1.</param>
/// <param name="Id">ID: 32 hex digits, random.</param>
/// <param name="Condemned">When.</param>
/// <param name="Packs">The packs, 32 hex digits each.</param>
internal sealed record CondemnedDocument(int Version, string Id, DateTimeOffset Condemned, IReadOnlyList<string> Packs);
