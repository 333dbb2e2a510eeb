using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>A small file, first or copy, that is not as it must be.</summary>
/// <param name="Name">Which.</param>
/// <param name="Why">What is wrong, as the end of a sentence that begins with the name.</param>
/// <param name="Right">The bytes that it must have, proved by a seal, a mac or a hash; null when nobody knows.</param>
internal sealed record SmallFault(string Name, string Why, byte[]? Right)
{
    /// <summary>Whether this is a copy that was never made, as in a repository from before there were copies.</summary>
    public bool IsMissingCopy { get; init; }

    /// <summary>Whether it is the copy of what was deleted, and is to go too.</summary>
    public bool IsLeftOver { get; init; }

    /// <summary>The snapshot of which only the catalog still tells, where this is about that.</summary>
    public SnapshotId? OnlyInCatalog { get; init; }

    /// <summary>For a message.</summary>
    public string Line => $"{Name} {Why}";
}
