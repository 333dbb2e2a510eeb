namespace JadaStore.Store.Requests;

/// <summary>How far a restore is.</summary>
/// <param name="Entries">Entries done.</param>
/// <param name="Bytes">Bytes written, or found to be right.</param>
/// <param name="TotalEntries">Entries in all; 0 while unknown.</param>
/// <param name="TotalBytes">Bytes in all; 0 while unknown.</param>
public readonly record struct RestoreProgress(long Entries, long Bytes, long TotalEntries, long TotalBytes);
