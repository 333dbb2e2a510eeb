namespace JadaStore.Store.Requests;

/// <summary>Packs that were not touched because something that runs may need them.</summary>
/// <param name="Holder">What runs: <c>jstore snapshot (pid 1234 on web1) since 2026-11-23 12:03 UTC</c>.</param>
/// <param name="Packs">How many, and what they take.</param>
public readonly record struct HeldPacks(string Holder, PackTally Packs);
