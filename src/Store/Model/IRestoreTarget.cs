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
}
