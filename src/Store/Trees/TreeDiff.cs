using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Compares two maps; reads only pages that one has and the other has not, so the cost follows the
/// change.</summary>
/// <param name="chunks">Where the pages of both are.</param>
internal sealed class TreeDiff(IChunkReader chunks)
{
    /// <summary>Every path that is in one map only, or whose entries differ in more than their fingerprints, in path
    /// order.</summary>
    /// <param name="oldRoot">The old map's root page; null for the empty map.</param>
    /// <param name="newRoot">The new map's root page; null for the empty map.</param>
    /// <param name="prefix">Only paths that begin with these bytes; empty: all.</param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    /// <remarks>Memory: one page a height and map.</remarks>
    /// <exception cref="StoreException">A page is missing or malformed; what was given out before stays
    /// good.</exception>
    public async IAsyncEnumerable<EntryChange> CompareAsync(ChunkId? oldRoot, ChunkId? newRoot, EntryPath prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (oldRoot == newRoot)
        {
            yield break;
        }

        var old = new TreeCursor(chunks, oldRoot);
        var @new = new TreeCursor(chunks, newRoot);
        await old.StartAsync(prefix, cancellationToken).ConfigureAwait(false);
        await @new.StartAsync(prefix, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            bool oldLeft = HasMore(old, prefix), newLeft = HasMore(@new, prefix);
            if (!oldLeft && !newLeft)
            {
                yield break;
            }

            // Whichever begins first cannot be matched whole by what the other still has, so it is the one to open.
            int order = !oldLeft ? 1 : !newLeft ? -1 : old.Path.CompareTo(@new.Path);
            int oldHeight = order <= 0 ? old.Height : -1, newHeight = order >= 0 ? @new.Height : -1;
            if (oldHeight < 0 && newHeight < 0)
            {
                EntryChange? change = EntryComparison.Compare(
                    order <= 0 ? old.Entry : null, order >= 0 ? @new.Entry : null);
                SkipFirst(old, @new, order);
                if (change is not null)
                {
                    yield return change;
                }
            }
            else if (order == 0 && oldHeight == newHeight && old.Link.Id == @new.Link.Id)
            {
                SkipFirst(old, @new, order);
            }
            else
            {
                // Of two pages that begin alike, the higher is opened: the other may be its first child.
                if (oldHeight >= newHeight)
                {
                    await old.OpenAsync(cancellationToken).ConfigureAwait(false);
                }

                if (newHeight >= oldHeight)
                {
                    await @new.OpenAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static bool HasMore(TreeCursor cursor, EntryPath prefix) =>
        !cursor.AtEnd && (cursor.Path <= prefix || cursor.Path.Span.StartsWith(prefix.Span));

    private static void SkipFirst(TreeCursor old, TreeCursor @new, int order)
    {
        if (order <= 0)
        {
            old.Skip();
        }

        if (order >= 0)
        {
            @new.Skip();
        }
    }
}
