using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>An entry that a source lists, and that a snapshot has as well.</summary>
/// <param name="Now">As it is listed.</param>
/// <param name="Old">As the snapshot has it; null when it has no such path.</param>
internal readonly record struct ListedAgain(SourceEntry Now, Entry? Old)
{
    /// <summary>
    /// Whether it lies in a subtree that was looked into though its fingerprint is the snapshot's: then all below must
    /// be what it was, and there.
    /// </summary>
    public bool IsWithin { get; init; }

    /// <summary>Whether nothing in the listing tells of a change: the next snapshot would carry it over.</summary>
    public bool IsUnchanged => Old is not null && SourceMerge.IsUnchanged(Now, Old);

    /// <summary>
    /// Whether it is a file whose size and time are what they were: then its content should be too, though the rest of
    /// the listing (a change time, an ETag) tells that something happened to it.
    /// </summary>
    public bool LooksTheSame =>
        Now is { Kind: EntryKind.File, ModifiedTime: not null, HardLink: null } and not SourceFault
        && Old is { Kind: EntryKind.File, HardLink: null, Problem: null }
        && Now.Size == Old.Size
        && Now.ModifiedTime == Old.ModifiedTime;

    /// <summary>All that is listed, in path order, each with the snapshot's entry.</summary>
    /// <param name="listed">The source now.</param>
    /// <param name="snapshot">The same source in a snapshot.</param>
    /// <param name="looksInto">
    /// Asked of every subtree whether what lies below is to be listed too; only of one that is unchanged.
    /// </param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    /// <exception cref="StoreException">The collector broke its promise of order within a subtree.</exception>
    public static async IAsyncEnumerable<ListedAgain> JoinAsync(
        IAsyncEnumerable<SourceEntry> listed, IAsyncEnumerable<Entry> snapshot, Func<SourceSubtree, bool> looksInto,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var old = new EntriesInStep(snapshot, cancellationToken);
        await using ConfiguredAsyncDisposable disposal = old.ConfigureAwait(false);
        await foreach (SourceEntry now in listed.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var item = new ListedAgain(now, await old.AtAsync(now.Path).ConfigureAwait(false));
            if (now is not SourceSubtree subtree || !item.IsUnchanged || !looksInto(subtree))
            {
                yield return item;
                continue;
            }

            SubtreeListing listing = await SubtreeListing.TakeAsync(subtree, cancellationToken).ConfigureAwait(false);
            yield return item with { Now = listing.Folder, IsWithin = true };
            foreach (SourceEntry below in listing.Below)
            {
                Entry? before = await old.AtAsync(below.Path).ConfigureAwait(false);
                yield return new ListedAgain(below, before) { IsWithin = true };
            }
        }
    }
}
