namespace JadaStore.Store.Model;

/// <summary>How one path differs between two maps.</summary>
public enum ChangeKind
{
    /// <summary>It is in the new one only.</summary>
    Added,

    /// <summary>It is in the old one only.</summary>
    Removed,

    /// <summary>What it is or holds differs: kind, size, digest, link target or device.</summary>
    Modified,

    /// <summary>It holds the same; its time, mode, owner, attributes, hard link or problem differ.</summary>
    Metadata,

    /// <summary>It was not read on one side or on both, so nothing can be said of what it holds.</summary>
    Unknown,

    /// <summary>All below it was taken in the newer only; the older did not look for it.</summary>
    NotTakenInOlder,

    /// <summary>All below it was taken in the older only; the newer did not look for it.</summary>
    NotTakenInNewer,
}
