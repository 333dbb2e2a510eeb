namespace JadaStore.Store.Model;

/// <summary>A snapshot that was forgotten and can be brought back, as long as no prune has deleted it.</summary>
/// <param name="Snapshot">What it was.</param>
/// <param name="Forgotten">When it was forgotten.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record ForgottenSnapshot(Snapshot Snapshot, DateTimeOffset Forgotten, string Reason);
