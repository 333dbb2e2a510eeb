namespace JadaStore.Store.Model;

/// <summary>
/// A folder and all below it, which is only looked at when its fingerprint changed: the files of an archive, say.
/// </summary>
/// <remarks>
/// Where the parent snapshot has a folder at this path with an equal fingerprint and no problem, that folder and every
/// entry below it are carried over and <see cref="ExpandAsync"/> is not called. Otherwise the folder itself is
/// described, and its entries are taken from <see cref="ExpandAsync"/>. <see cref="SourceEntry.Kind"/> is
/// <see cref="EntryKind.Folder"/>, the path ends in <c>/</c>, and the fingerprint is not empty.
/// </remarks>
public abstract class SourceSubtree : SourceEntry
{
    /// <summary>All entries below the folder, in path order, their paths inside the source; not the folder
    /// itself.</summary>
    /// <exception cref="IOException">They cannot be listed; recorded as the folder's problem.</exception>
    public abstract IAsyncEnumerable<SourceEntry> ExpandAsync(CancellationToken cancellationToken);
}
