namespace JadaStore.Store.Model;

/// <summary>What stands at a path where an entry is to be restored.</summary>
public enum TargetState
{
    /// <summary>Nothing.</summary>
    Absent,

    /// <summary>The same kind and content, and the same attributes.</summary>
    Same,

    /// <summary>The same kind and content; owner, mode, times or attributes differ.</summary>
    AttributesDiffer,

    /// <summary>Something else.</summary>
    Differs,
}
