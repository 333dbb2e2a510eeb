namespace JadaStore.Collectors.Aws.Services.Rows;

/// <summary>What gives more of an item than its list does.</summary>
/// <param name="Get">What is asked.</param>
/// <param name="Take">Where the item stands in the answer; null: it is the answer.</param>
/// <param name="Absent">The error codes that mean that the item is none of these.</param>
internal sealed record ItemDetail(RowQuestion Get, MemberPath? Take, IReadOnlyList<string> Absent);
