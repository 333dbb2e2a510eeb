using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>An entry that a source lists, and that a snapshot has as well.</summary>
/// <param name="Now">As it is listed.</param>
/// <param name="Old">As the snapshot has it; null when it has no such path.</param>
internal readonly record struct ListedAgain(SourceEntry Now, Entry? Old)
{
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
    public static async IAsyncEnumerable<ListedAgain> JoinAsync(
        IAsyncEnumerable<SourceEntry> listed, IAsyncEnumerable<Entry> snapshot,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<Entry> old = snapshot.GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposal = old.ConfigureAwait(false);
        bool hasOld = await old.MoveNextAsync().ConfigureAwait(false);
        await foreach (SourceEntry now in listed.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            while (hasOld && old.Current.Path < now.Path)
            {
                hasOld = await old.MoveNextAsync().ConfigureAwait(false);
            }

            yield return new ListedAgain(now, hasOld && old.Current.Path == now.Path ? old.Current : null);
        }
    }
}
