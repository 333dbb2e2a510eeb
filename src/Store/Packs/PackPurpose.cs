namespace JadaStore.Store.Packs;

/// <summary>What the chunks of a pack are; a byte of its header.</summary>
internal enum PackPurpose
{
    /// <summary>Content of files.</summary>
    Content = 0,

    /// <summary>Pages, and lists of extents: what is read to find content.</summary>
    Pages = 1,
}
