namespace JadaStore.Store.Pipeline;

/// <summary>What reading an entry anew gave.</summary>
/// <param name="Bytes">Bytes of content that were read.</param>
/// <param name="What">What differs; empty: nothing; null: it changed after it was listed, so nothing is said.</param>
internal readonly record struct ReadAgainResult(long Bytes, string? What);
