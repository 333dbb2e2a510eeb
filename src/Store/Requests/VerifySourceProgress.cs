namespace JadaStore.Store.Requests;

/// <summary>How far a comparison of sources with a snapshot is.</summary>
/// <param name="Root">The source that it is at.</param>
/// <param name="Checked">Entries read again so far, over all sources.</param>
/// <param name="Bytes">Bytes read so far, over all sources.</param>
/// <param name="Differing">Entries among them that differ.</param>
public readonly record struct VerifySourceProgress(string Root, long Checked, long Bytes, long Differing);
