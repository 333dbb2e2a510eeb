namespace JadaStore.Store.Trees;

/// <summary>Which fields an entry has in a page; the bits are part of the format.</summary>
[Flags]
internal enum EntryFields
{
    /// <summary>None but its kind.</summary>
    None = 0,

    /// <summary>Bytes of content, when not 0.</summary>
    Size = 1,

    /// <summary>When it last changed.</summary>
    ModifiedTime = 2,

    /// <summary>Permission bits.</summary>
    Mode = 4,

    /// <summary>User and group.</summary>
    Owner = 8,

    /// <summary>Hash of the whole content.</summary>
    Digest = 16,

    /// <summary>Where the bytes lie.</summary>
    Content = 32,

    /// <summary>A symbolic link's target.</summary>
    LinkTarget = 64,

    /// <summary>The first path of the same file.</summary>
    HardLink = 128,

    /// <summary>A device's numbers.</summary>
    Device = 256,

    /// <summary>Named values, when there are any.</summary>
    Attributes = 512,

    /// <summary>What the collector compares, when it is not empty.</summary>
    Fingerprint = 1024,

    /// <summary>Why it may not be whole.</summary>
    Problem = 2048,

    /// <summary>All that this version knows.</summary>
    All = 4095,
}
