namespace JadaStore.Store.Model;

/// <summary>How a path differs between two snapshots.</summary>
public enum ChangeKind
{
    /// <summary>Only in the newer.</summary>
    Added,

    /// <summary>Only in the older.</summary>
    Removed,

    /// <summary>Content, kind or link target differ.</summary>
    Modified,

    /// <summary>The content is the same; times, mode, owner or attributes differ.</summary>
    Metadata,

    /// <summary>One side could not be read, so that nothing can be said.</summary>
    Unknown,
}
