namespace JadaStore.Store.Requests;

/// <summary>What to free, and how carefully.</summary>
public sealed record PruneRequest
{
    /// <summary>
    /// How long a forgotten snapshot can be brought back, and how long a condemned pack stays: seven days unless said.
    /// Zero frees at once.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Packs of whose bytes a smaller share is needed are rewritten: 0 none, 1 every one with a hole.
    /// </summary>
    /// <remarks>
    /// With the half that is the default, no byte is copied that does not free another, and what is kept is at most
    /// twice what is needed.
    /// </remarks>
    public double LiveShare { get; init; } = 0.5;

    /// <summary>How many bytes of content may be copied; null: as many as it takes.</summary>
    public long? MaxRewrite { get; init; }

    /// <summary>
    /// Whether to go on though a repair has noted chunks as lost that snapshots need. What only the files that are lost
    /// needed besides is then freed, so first bring back what a second copy of the repository still has.
    /// </summary>
    public bool KnownLosses { get; init; }

    /// <summary>Whether to say only what would be done.</summary>
    public bool DryRun { get; init; }
}
