namespace JadaStore.Collectors.Tests.Estate;

/// <summary>What the judge says of a captured service.</summary>
/// <param name="Wrong">A line for each difference.</param>
/// <param name="Unseen">The documents of kinds that were not there: <c>zones.records: {Type}.json</c>.</param>
/// <param name="Documents">How many documents there should be.</param>
internal sealed record Verdict(IReadOnlyList<string> Wrong, IReadOnlyList<string> Unseen, int Documents);
