namespace JadaStore.Store.Requests;

/// <summary>What a restore does with a path.</summary>
public enum RestoreActionKind
{
    /// <summary>Nothing stood there.</summary>
    Create,

    /// <summary>Something else stood there and is replaced.</summary>
    Overwrite,

    /// <summary>The content is right; owner, mode, times or attributes are set.</summary>
    SetAttributes,

    /// <summary>It is right already.</summary>
    Same,

    /// <summary>
    /// Something else stands there and is left, as asked; or the snapshot could not see whether it belongs there.
    /// </summary>
    Keep,

    /// <summary>It is not in the snapshot and is removed, as asked.</summary>
    Delete,
}
