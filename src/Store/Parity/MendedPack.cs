namespace JadaStore.Store.Parity;

/// <summary>What parity made of a pack's bytes; only its seals tell whether they are what was written.</summary>
/// <param name="Bytes">As long as the pack was.</param>
/// <param name="Cells">Cells that were put right.</param>
/// <param name="Lost">Cells known to be bad that could not be.</param>
internal sealed record MendedPack(byte[] Bytes, int Cells, int Lost);
