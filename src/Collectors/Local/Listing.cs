namespace JadaStore.Collectors.Local;

/// <summary>What one folder holds, without what is left out by rule; or why that cannot be said.</summary>
internal sealed class Listing
{
    /// <summary>The folder was gone before it could be listed.</summary>
    public static Listing Gone { get; } = new() { IsGone = true };

    /// <summary>In path order, each path once. Whoever walks it may clear what is behind.</summary>
    public List<ListedItem> Items { get; init; } = [];

    /// <summary>Why the folder could not be listed; then there are no items. Null when all is well.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Whether the folder vanished between the moment it was found and the moment it was to be listed.
    /// </summary>
    public bool IsGone { get; private init; }

    /// <summary>What is left out from here on and by which rule, a line each; null when nothing is.</summary>
    public List<string>? Excluded { get; init; }
}
