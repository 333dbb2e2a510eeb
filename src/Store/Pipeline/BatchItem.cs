using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>One entry on its way into a tree.</summary>
internal sealed class BatchItem
{
    /// <summary>
    /// What the collector found, when it has to be read; null when the parent's entry is carried over.
    /// </summary>
    public SourceEntry? Source { get; init; }

    /// <summary>What goes into the tree; null until it was read.</summary>
    public Entry? Entry { get; set; }

    /// <summary>Whether hard links to this file may follow.</summary>
    public bool HasLinks { get; init; }
}
