namespace JadaStore.Store.Sealing;

/// <summary>The JSON of <c>forgotten/ID</c>; docs/format.md, "forgotten/ID".</summary>
/// <param name="Version">1.</param>
/// <param name="Snapshot">ID: 64 hex digits.</param>
/// <param name="Forgotten">When.</param>
/// <param name="Record">The file <c>snapshots/ID</c>, byte by byte.</param>
/// <param name="Reason">Why, for a person.</param>
internal sealed record ForgottenDocument(
    int Version, string Snapshot, DateTimeOffset Forgotten, byte[] Record, string Reason = "");
