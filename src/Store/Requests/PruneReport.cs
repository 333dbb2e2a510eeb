namespace JadaStore.Store.Requests;

/// <summary>What a prune did, or would do.</summary>
public sealed record PruneReport
{
    /// <summary>Whether nothing was touched.</summary>
    public bool DryRun { get; init; }

    /// <summary>Forgotten snapshots that cannot be brought back any more.</summary>
    public int Expired { get; init; }

    /// <summary>Packs deleted.</summary>
    public PackTally Deleted { get; init; }

    /// <summary>Packs condemned now, as nothing needs them, or not any more; without those that were deleted at
    /// once.</summary>
    public PackTally Condemned { get; init; }

    /// <summary>Packs condemned earlier that wait for their time.</summary>
    public PackTally Waiting { get; init; }

    /// <summary>When the first of the condemned packs may be deleted; null when there is none.</summary>
    public DateTimeOffset? NextDeletion { get; init; }

    /// <summary>Packs that were rewritten, and so condemned or deleted too.</summary>
    public PackTally Rewritten { get; init; }

    /// <summary>Plain bytes that were copied for it.</summary>
    public long CopiedBytes { get; init; }

    /// <summary>Packs that were written for it.</summary>
    public PackTally Written { get; init; }

    /// <summary>Packs that were condemned and are needed again.</summary>
    public PackTally Revived { get; init; }

    /// <summary>Packs that would be deleted or condemned, but for something that runs.</summary>
    public IReadOnlyList<HeldPacks> Held { get; init; } = [];

    /// <summary>Packs that there are now, the condemned ones too.</summary>
    public PackTally Left { get; init; }
}
