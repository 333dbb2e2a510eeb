namespace JadaStore.Store.Requests;

/// <summary>How far a verification is.</summary>
/// <param name="Packs">Packs done.</param>
/// <param name="TotalPacks">Packs in all.</param>
/// <param name="Bytes">Bytes of plaintext checked.</param>
public readonly record struct VerifyProgress(int Packs, int TotalPacks, long Bytes);
