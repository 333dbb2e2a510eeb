using System.Text.Json.Serialization;

namespace JadaStore.Store.Model;

/// <summary>One source as a snapshot holds it.</summary>
public sealed record SnapshotSource
{
    /// <summary>
    /// How a line of <see cref="Excluded"/> ends that tells of the repository itself: no rule left it out.
    /// </summary>
    public const string OwnRepository = " (this repository)";

    /// <summary>
    /// The first segments of every path in it: <c>local/tools</c>, <c>s3/sailjada.com</c>. No <c>/</c> at the end.
    /// </summary>
    public required string Root { get; init; }

    /// <summary>The root page, as 64 hex digits; null when there is no entry at all.</summary>
    public string? Tree { get; init; }

    /// <summary>How many entries.</summary>
    public long Entries { get; init; }

    /// <summary>Sum of the sizes of all files.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether everything that exists was captured.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>
    /// The last path that was listed, in hex, where the listing broke off: nothing is known of what lies behind it.
    /// Null
    /// where it came to its end.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UnlistedAfter { get; init; }

    /// <summary>How many things went wrong; may be more than are listed.</summary>
    public long ErrorCount { get; init; }

    /// <summary>The first 1,000 of them, in path order; each is also marked in its entry.</summary>
    public IReadOnlyList<SourceError> Errors { get; init; } = [];

    /// <summary>What was left out by rule, and by which: a line each.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>The account that it belongs to, as its provider names it; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    /// <summary>
    /// The listing that it was chosen from, one that names all there are: whatever that listing once gave and gives no
    /// more is gone. Null where it was named by itself.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>What chose its parts, where it is put together by name; null where it is whatever was there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SourcePart>? Parts { get; init; }

    /// <summary>
    /// The ledger: which parts were seen and which were not, and why, by area. Empty where one listing says it all.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<CoverageLine> Coverage { get; init; } = [];

    /// <summary>The ledger as the record keeps it; null when it is empty.</summary>
    [JsonInclude]
    [JsonPropertyName("coverage")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal IReadOnlyList<CoverageGroup>? CoverageGroups
    {
        get => CoverageGroup.Of(Coverage);
        init => Coverage = CoverageGroup.LinesOf(value);
    }
}
