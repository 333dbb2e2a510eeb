namespace JadaStore.Store.Requests;

/// <summary>What a restore does with a path where something else stands.</summary>
public enum Overwrite
{
    /// <summary>Leaves it and says so.</summary>
    Never,

    /// <summary>Replaces it when content or attributes differ.</summary>
    Changed,

    /// <summary>Replaces it without comparing.</summary>
    Always,
}
