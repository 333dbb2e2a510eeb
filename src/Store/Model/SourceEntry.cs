namespace JadaStore.Store.Model;

/// <summary>
/// What a collector finds at one path: just enough to see whether it changed; the rest is read on demand.
/// </summary>
public abstract class SourceEntry
{
    /// <summary>Inside the source; a folder's ends in <c>/</c>.</summary>
    public required EntryPath Path { get; init; }

    /// <summary>What it is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Bytes of content as listed; 0 for what is no file.</summary>
    public long Size { get; init; }

    /// <summary>When it last changed, as listed.</summary>
    public FileTime? ModifiedTime { get; init; }

    /// <summary>
    /// Equal kind, size, modified time and fingerprint mean that nothing about the entry changed, so the parent's is
    /// carried over and nothing is read. Empty: always read.
    /// </summary>
    public byte[] Fingerprint { get; init; } = [];

    /// <summary>
    /// Whether other paths may be hard links to this file; then the store remembers its content for them. False for
    /// all that is listed with <see cref="HardLink"/>.
    /// </summary>
    public bool HasLinks { get; init; }

    /// <summary>
    /// The first path, in order, that is the same file; its content is this one's. Null for a file of its own.
    /// </summary>
    public EntryPath? HardLink { get; init; }

    /// <summary>
    /// All that is known of the entry but its content; called for whatever changed and is not opened.
    /// </summary>
    /// <remarks>Called from any thread, at most once at a time.</remarks>
    /// <exception cref="IOException">It cannot be read; recorded as its problem.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read; recorded as its problem.</exception>
    public abstract ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens a file's content; called only for files without <see cref="HardLink"/> that changed, from any thread.
    /// </summary>
    /// <remarks>Called again after <see cref="ContentReader.FinishAsync"/> said that the file changed
    /// meanwhile.</remarks>
    /// <exception cref="IOException">It cannot be read; recorded as its problem.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read; recorded as its problem.</exception>
    public virtual ValueTask<ContentReader> OpenAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Kind} has no content.");
}
