namespace JadaStore.Store.Model;

/// <summary>One path of a snapshot and all that is known of it.</summary>
public sealed record Entry
{
    /// <summary>Inside its source; a folder's ends in <c>/</c>.</summary>
    public required EntryPath Path { get; init; }

    /// <summary>What it is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Bytes of content for a file; 0 for all else.</summary>
    public long Size { get; init; }

    /// <summary>When the content last changed, as the source says.</summary>
    public FileTime? ModifiedTime { get; init; }

    /// <summary>Permission bits with setuid, setgid and sticky (0 to 07777); null where the source has none.</summary>
    public uint? Mode { get; init; }

    /// <summary>Numeric user and group; null where the source has none.</summary>
    public Owner? Owner { get; init; }

    /// <summary>Plain BLAKE3 of a file's whole content; null where it was not read, and for what is no file.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Where the bytes lie; null where one chunk (or none) holds them all, and for what is no file.</summary>
    public Content? Content { get; init; }

    /// <summary>A symbolic link's target, as bytes; null otherwise.</summary>
    public byte[]? LinkTarget { get; init; }

    /// <summary>
    /// The first path, in order, of the file that this is a hard link to; null for that first one and for all else.
    /// </summary>
    public EntryPath? HardLink { get; init; }

    /// <summary>A device's numbers; null otherwise.</summary>
    public DeviceNumber? Device { get; init; }

    /// <summary>Sorted by name, ordinally, each name once; never null.</summary>
    public IReadOnlyList<NamedValue> Attributes { get; init; } = [];

    /// <summary>
    /// What the collector compares to know that nothing changed; empty: always read again. Not part of a diff.
    /// </summary>
    public byte[] Fingerprint { get; init; } = [];

    /// <summary>
    /// Why the entry is not whole, or might not be: it could not be read, or changed while it was read. Null when all
    /// is well.
    /// </summary>
    public string? Problem { get; init; }
}
