namespace JadaStore.Store.Model;

/// <summary>What makes a snapshot suspicious beside the one before it.</summary>
public enum AlarmKind
{
    /// <summary>Much of what was there is gone.</summary>
    Lost,

    /// <summary>Much of what is still there has another content.</summary>
    Changed,

    /// <summary>Something that only a later version of this program knows of.</summary>
    Other,
}
