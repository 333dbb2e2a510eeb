namespace JadaStore.Store.Requests;

/// <summary>Sizes of one snapshot.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Entries">How many entries.</param>
/// <param name="Bytes">What it takes when restored.</param>
/// <param name="AddedBytes">New content that it brought, before compression.</param>
/// <param name="StoredBytes">What its packs took on disk.</param>
public sealed record SnapshotStats(string Name, long Entries, long Bytes, long AddedBytes, long StoredBytes);
