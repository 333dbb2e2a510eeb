namespace JadaStore.Store.Requests;

/// <summary>How far the catalog is rebuilt.</summary>
/// <param name="Packs">Packs read so far.</param>
/// <param name="TotalPacks">Packs in all.</param>
public readonly record struct RebuildProgress(int Packs, int TotalPacks);
