namespace JadaStore.Store.Sealing;

/// <summary>The JSON of <c>lost/ID</c>; docs/format.md, "lost/ID".</summary>
/// <param name="Version">1.</param>
/// <param name="Id">ID: 32 hex digits, random.</param>
/// <param name="Time">When they were found to be lost.</param>
/// <param name="Chunks">The chunks, 64 hex digits each.</param>
internal sealed record LostDocument(int Version, string Id, DateTimeOffset Time, IReadOnlyList<string> Chunks);
