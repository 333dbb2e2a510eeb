namespace JadaStore.Store.Sealing;

/// <summary>The JSON of <c>pins/ID</c>; docs/format.md, "pins/ID".</summary>
/// <param name="Version">1.</param>
/// <param name="Snapshot">ID: 64 hex digits.</param>
/// <param name="Pinned">When.</param>
/// <param name="Reason">Why, for a person.</param>
internal sealed record PinDocument(int Version, string Snapshot, DateTimeOffset Pinned, string Reason = "");
