namespace JadaStore.Store.Model;

/// <summary>One thing that a snapshot could not capture, or not surely.</summary>
/// <param name="Path">Inside the source, as a person reads it; empty for the source as a whole.</param>
/// <param name="Message">What went wrong.</param>
public sealed record SourceError(string Path, string Message);
