namespace JadaStore.Cli.Output.Json;

/// <summary>The <c>summary</c> of <c>diff --json</c>.</summary>
internal sealed record DiffSummaryJson(
    long Added, long Removed, long Modified, long Metadata, long Unknown, long NotTaken, long BytesAdded, long BytesRemoved);
