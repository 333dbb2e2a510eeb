using JadaStore.Store.Model;

namespace JadaStore.Store.Requests;

/// <summary>How far a series of sources is.</summary>
/// <param name="Name">A folder's root, or the first segment of what is captured together: <c>s3</c>.</param>
/// <param name="Newest">The newest snapshot that has any of it.</param>
/// <param name="IsComplete">Whether that one has all of it.</param>
/// <param name="NewestComplete">The newest that has all of it; null where none has.</param>
public sealed record SeriesStatus(string Name, Snapshot Newest, bool IsComplete, Snapshot? NewestComplete);
