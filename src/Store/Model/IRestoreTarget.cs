namespace JadaStore.Store.Model;

/// <summary>A place that entries are brought back to: a folder on disk, a bucket.</summary>
/// <remarks>
/// Paths come from a repository and are hostile: whatever they say, nothing outside the target is touched and no link
/// is
/// followed while writing. Calls come from several threads, but for one path only one at a time; a folder is made
/// before
/// anything below it, and finished after all of it. Failures of one entry are <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/> and are reported by path; the restore goes on.
/// </remarks>
public interface IRestoreTarget : IAsyncDisposable
{
    /// <summary>
    /// Whether paths are keys and nothing more: there are no folders and no links, and a key that ends in <c>/</c> is
    /// one like any other.
    /// </summary>
    bool IsFlat => false;

    /// <summary>How many files are best written side by side.</summary>
    int WritesAtOnce => Math.Max(2, Environment.ProcessorCount);

    /// <summary>Most paths that <see cref="DeleteAllAsync"/> is given.</summary>
    int DeletesAtOnce => 1;

    /// <summary>
    /// The path that stands for a key of a source that is no folder; itself wherever it can be. Says where no other key
    /// can stand, and <see cref="KeyOf"/> leads back.
    /// </summary>
    /// <param name="key">Inside its source; hostile.</param>
    /// <param name="isFolderToo">Whether other keys begin with this one and a <c>/</c>.</param>
    EntryPath NameOf(EntryPath key, bool isFolderToo) => key;

    /// <summary>The key that a name stands for; of a folder's name, what the keys below begin with.</summary>
    EntryPath KeyOf(EntryPath name) => name;

    /// <summary>
    /// Tells of what will be inspected, in path order, before the calls for it: a chance to look at many at once.
    /// </summary>
    /// <param name="range">All that is told of until this changes lies at or below it.</param>
    /// <param name="path">Under the target.</param>
    /// <param name="entry">What should be there.</param>
    /// <param name="cancellationToken">Stops the looking.</param>
    /// <exception cref="StoreException">The target is out of reach as a whole.</exception>
    ValueTask ForeseeAsync(EntryPath range, EntryPath path, Entry entry, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <summary>Compares what stands at the path now with what should. Writes nothing.</summary>
    /// <param name="path">Under the target; a folder's ends in <c>/</c>.</param>
    /// <param name="entry">What should be there.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    ValueTask<TargetState> InspectAsync(EntryPath path, Entry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Makes what has no content: a folder (with its parents), a symbolic link, a pipe, a device, with its attributes.
    /// </summary>
    /// <remarks>Replaces what stands there, but never a folder that is not empty; for a folder that is there already it
    /// is no error.</remarks>
    ValueTask MakeAsync(EntryPath path, Entry entry, CancellationToken cancellationToken);

    /// <summary>Begins a file under a temporary name beside its place.</summary>
    ValueTask<IRestoreWriter> CreateFileAsync(EntryPath path, Entry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Makes <paramref name="path"/> a hard link to <paramref name="first"/>, which was restored before.
    /// </summary>
    ValueTask LinkAsync(EntryPath path, EntryPath first, Entry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Brings owner, mode, times and attributes of what has the right content to what the entry says.
    /// </summary>
    /// <remarks>For a folder, called after all below it was restored, deepest first.</remarks>
    ValueTask SetAttributesAsync(EntryPath path, Entry entry, CancellationToken cancellationToken);

    /// <summary>
    /// All that stands at or below the path now, each folder after what is in it; links are not followed.
    /// </summary>
    IAsyncEnumerable<EntryPath> ListAsync(EntryPath path, CancellationToken cancellationToken);

    /// <summary>Removes one path: a file, a link, an empty folder.</summary>
    ValueTask DeleteAsync(EntryPath path, CancellationToken cancellationToken);

    /// <summary>Removes several paths, in that order.</summary>
    /// <param name="paths">At most <see cref="DeletesAtOnce"/>.</param>
    /// <param name="cancellationToken">Stops before the next one.</param>
    /// <returns>Why those failed that did.</returns>
    async ValueTask<IReadOnlyDictionary<EntryPath, string>> DeleteAllAsync(
        IReadOnlyList<EntryPath> paths, CancellationToken cancellationToken)
    {
        var failed = new Dictionary<EntryPath, string>();
        foreach (EntryPath path in paths)
        {
            try
            {
                await DeleteAsync(path, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed[path] = e.Message;
            }
        }

        return failed;
    }
}
