namespace JadaStore.Store.Model;

/// <summary>Where a source's listing broke off, so that nothing is known of what comes after.</summary>
/// <param name="After">The last path that was listed, left out by rule or not; empty: none was.</param>
/// <param name="Message">What went wrong, for a person.</param>
public sealed record SourceBreak(EntryPath After, string Message);
