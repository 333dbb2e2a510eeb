namespace JadaStore.Cli.Output.Json;

/// <summary>A progress line of <c>prune --json</c>.</summary>
/// <param name="MessageType">What kind of line this is.</param>
/// <param name="Stage"><c>survey</c>, <c>mark</c>, <c>rewrite</c>, <c>prove</c>, <c>delete</c>.</param>
/// <param name="Done">Packs, entries, bytes, packs, packs.</param>
/// <param name="Total">How many there are; 0 when nobody knows.</param>
internal sealed record ProgressOfPrune(string MessageType, string Stage, long Done, long Total);
