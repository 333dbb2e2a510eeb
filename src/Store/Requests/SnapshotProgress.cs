using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>How far one source of a running snapshot is.</summary>
/// <param name="Root">The source: <c>local/site</c>.</param>
/// <param name="Entries">Entries seen so far.</param>
/// <param name="Bytes">Sum of the sizes of the files seen so far.</param>
/// <param name="BytesRead">Bytes read so far, because they were new or changed.</param>
/// <param name="BytesAdded">Bytes among them that the repository did not have.</param>
/// <param name="ExpectedEntries">Entries that the source had last time, for an estimate; 0 when unknown.</param>
/// <param name="Done">Whether the source is done.</param>
/// <param name="Items">The same in what the source counts by, zones or functions; null: by entries alone.</param>
public readonly record struct SnapshotProgress(
    string Root, long Entries, long Bytes, long BytesRead, long BytesAdded, long ExpectedEntries, bool Done,
    SourceItems? Items = null);
