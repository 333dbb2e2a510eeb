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
        try
        {
            await foreach (SourceEntry entry in found.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Task<SubtreeListing>? listing = entry is SourceSubtree subtree
                    && await IsWantedAsync(subtree, cancellationToken).ConfigureAwait(false)
                    ? SubtreeListing.TakeAsync(subtree, stop.Token).AsTask() : null;
                listings += listing is null ? 0 : 1;
                waiting.Enqueue((entry, listing));
                while (waiting.Count > 0 && (listings is 0 or AtOnce || waiting.Count == Entries))
                {
                    listings -= waiting.Peek().Listing is null ? 0 : 1;
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
