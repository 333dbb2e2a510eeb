namespace JadaStore.Store.Requests;

/// <summary>An entry that differs from a snapshot though its listing does not show it.</summary>
/// <param name="Path">Source root first, as a person reads it.</param>
/// <param name="What">What differs, with commas between: <c>content</c>, <c>mode</c>, <c>owner</c>,
/// <c>link target</c>, <c>device</c>, and the families of attributes: <c>headers</c>, <c>tags</c>,
/// <c>xattrs</c>.</param>
public sealed record SourceDifference(string Path, string What);
