namespace JadaStore.Store.Requests;

/// <summary>A file that damage hit.</summary>
/// <param name="Snapshot">The snapshot's name.</param>
/// <param name="Path">Source root first, as a person reads it.</param>
public sealed record DamagedPath(string Snapshot, string Path);
