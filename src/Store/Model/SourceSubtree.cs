namespace JadaStore.Store.Model;

/// <summary>
/// A folder and all below it, which is only looked at when its fingerprint changed: the files of an archive, say.
/// </summary>
/// <remarks>
/// <para>Where the parent snapshot has a folder at this path with an equal fingerprint, and neither it nor anything
/// below has a problem or lost content, that folder and every entry below it are carried over and
/// <see cref="ExpandAsync"/> is not called. Otherwise the folder itself is described, and its entries are taken from
/// <see cref="ExpandAsync"/>, each carried over or read as any other.</para>
/// <para><see cref="SourceEntry.Kind"/> is <see cref="EntryKind.Folder"/>, the path ends in <c>/</c>, and the
/// fingerprint is not empty; the described entry has the same. The source lists nothing else below the folder, and a
/// hard link leads neither into it nor out of it.</para>
/// </remarks>
public abstract class SourceSubtree : SourceEntry
{
    /// <summary>
    /// How much of what the collector can hold ready is taken from when it is listed until its entries are read: from
    /// 0, nothing, to 1, all. So much of it is listed ahead that half is left.
    /// </summary>
    public virtual double Room => 0;

    /// <summary>All entries below the folder, in path order, their paths inside the source; not the folder itself, and
    /// no subtree.</summary>
    /// <remarks>Taken to its end before the first entry is used: at most 500,000 of them.</remarks>
    /// <exception cref="IOException">They cannot be listed, or not all of them; recorded as the folder's problem, and
    /// none is used.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be listed; recorded likewise.</exception>
    public abstract IAsyncEnumerable<SourceEntry> ExpandAsync(CancellationToken cancellationToken);
}
