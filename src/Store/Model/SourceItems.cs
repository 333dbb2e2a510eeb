namespace JadaStore.Store.Model;

/// <summary>How far a collector is, in what it counts by: zones, functions, projects.</summary>
/// <param name="Unit">In the plural: <c>zones</c>.</param>
/// <param name="Done">How many are done.</param>
/// <param name="Total">How many there are, as far as is known.</param>
public sealed record SourceItems(string Unit, long Done, long Total);
