namespace JadaStore.Store.Model;

/// <summary>What is known of a file once it was read.</summary>
/// <param name="Entry">All of it but digest and content, as it was when the reading ended.</param>
/// <param name="Changed">Whether it changed while it was read, so that what was read may be a mixture.</param>
/// <param name="Problem">What else of it could not be read, though the content was: stored as the entry's
/// problem.</param>
public readonly record struct ContentEnd(Entry Entry, bool Changed, string? Problem = null);
