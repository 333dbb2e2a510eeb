namespace JadaStore.Store.Requests;

/// <summary>What a prune is doing.</summary>
public enum PruneStage
{
    /// <summary>Looks at every pack; counts packs.</summary>
    Survey,

    /// <summary>Finds out what snapshots need; counts entries, of nobody knows how many.</summary>
    Mark,

    /// <summary>Copies what is needed out of packs that are mostly not; counts bytes.</summary>
    Rewrite,

    /// <summary>Reads what is kept of what is stored twice; counts packs that may go.</summary>
    Prove,

    /// <summary>Deletes; counts packs.</summary>
    Delete,
}
