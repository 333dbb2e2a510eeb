using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Has subtrees listed before it is their turn: each is an archive that is waited for.</summary>
/// <remarks>
/// Only those that no earlier snapshot has as they are. At most <see cref="AtOnce"/> are under way or wait for their
/// turn, and with them at most <see cref="Entries"/> entries of the source; of a source without subtrees none waits.
/// </remarks>
/// <param name="parent">The same source in earlier snapshots.</param>
/// <param name="force">All are listed.</param>
internal sealed class SubtreesAhead(ParentSource parent, bool force)
{
    /// <summary>Most listings at once: 4.</summary>
    public const int AtOnce = 4;

    /// <summary>Most of what the collector can hold ready, the first that waits for its turn aside: one half. The rest
    /// is for what is being read.</summary>
    public const double Room = 0.5;

    /// <summary>Most entries that are held back behind a subtree: 1,024.</summary>
    public const int Entries = 1024;

    /// <summary>The source's entries, in its order; with a subtree comes its listing, where it was begun.</summary>
    /// <param name="found">The source now.</param>
    /// <param name="cancellationToken">Stops between two entries, and all listings.</param>
    public async IAsyncEnumerable<(SourceEntry Entry, Task<SubtreeListing>? Listing)> RunAsync(
        IAsyncEnumerable<SourceEntry> found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<(SourceEntry Entry, Task<SubtreeListing>? Listing)>();
        int listings = 0;
        double room = 0;
        try
        {
            await foreach (SourceEntry entry in found.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                SourceSubtree? wanted = entry is SourceSubtree subtree
                    && await IsWantedAsync(subtree, cancellationToken).ConfigureAwait(false) ? subtree : null;
                while (wanted is not null && listings > 0 && room + wanted.Room > Room)
                {
                    Release(waiting.Peek(), ref listings, ref room);
                    yield return waiting.Peek();
                    waiting.Dequeue();
                }

                listings += wanted is null ? 0 : 1;
                room += wanted?.Room ?? 0;
                waiting.Enqueue((entry, wanted is null ? null : SubtreeListing.TakeAsync(wanted, stop.Token).AsTask()));
                while (waiting.Count > 0 && (listings is 0 or AtOnce || waiting.Count == Entries))
                {
                    Release(waiting.Peek(), ref listings, ref room);
                    yield return waiting.Peek();
                    waiting.Dequeue();
                }
            }

            while (waiting.TryPeek(out (SourceEntry, Task<SubtreeListing>?) next))
            {
                yield return next;
                waiting.Dequeue();
            }
        }
        finally
        {
            // Nobody waits for these any more; nothing of them may go on behind the snapshot's back.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(waiting.Select(one => one.Listing).OfType<Task>())
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // It is its turn; from now on it is among what is being read.
    private static void Release(
        (SourceEntry Entry, Task<SubtreeListing>? Listing) next, ref int listings, ref double room)
    {
        if (next is (SourceSubtree subtree, not null))
        {
            listings--;
            room = listings == 0 ? 0 : room - subtree.Room;
        }
    }

    // What lies below may still make it wanted; then it is listed when it is its turn.
    private async ValueTask<bool> IsWantedAsync(SourceSubtree subtree, CancellationToken cancellationToken)
    {
        if (force)
        {
            return true;
        }

        try
        {
            foreach (ParentTree tree in parent.Trees)
            {
                if (await tree.FindAsync(subtree.Path, cancellationToken).ConfigureAwait(false) is { } old
                    && SourceMerge.IsUnchanged(subtree, old))
                {
                    return false;
                }
            }

            return true;
        }
        catch (StoreException e) when (e.IsDamage)
        {
            return true;
        }
    }
}
