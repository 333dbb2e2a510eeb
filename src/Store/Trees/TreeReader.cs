using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Reads maps: one entry, a range of them, or all their pages.</summary>
/// <remarks>Nothing is kept between calls; put a cache behind the <see cref="IChunkReader"/>.</remarks>
/// <param name="chunks">Where the pages are.</param>
internal sealed class TreeReader(IChunkReader chunks)
{
    /// <summary>The entry at that path; null when there is none. Reads at most one page a height.</summary>
    /// <param name="root">The map's root page; null for the empty map.</param>
    /// <param name="path">The whole path; a folder's ends in <c>/</c>.</param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    /// <exception cref="StoreException">A page is missing or malformed.</exception>
    public async ValueTask<Entry?> FindAsync(ChunkId? root, EntryPath path, CancellationToken cancellationToken)
    {
        var cursor = new TreeCursor(chunks, root);
        await cursor.SeekAsync(path, cancellationToken).ConfigureAwait(false);
        if (cursor.AtEnd || cursor.Path != path)
        {
            return null;
        }

        return await cursor.NextAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A place in the map that goes from one entry to another; not for two at once.</summary>
    /// <param name="root">The map's root page; null for the empty map.</param>
    public TreeCursor CursorOf(ChunkId? root) => new(chunks, root);

    /// <summary>The entries of a range, in path order. Reads no page that has none of them, but the root.</summary>
    /// <param name="root">The map's root page; null for the empty map.</param>
    /// <param name="from">The first path, which need not exist; empty: from the start.</param>
    /// <param name="prefix">Only paths that begin with these bytes (so not a folder's, unless it ends in <c>/</c>);
    /// empty: all.</param>
    /// <param name="damaged">
    /// Called for a page that is missing or malformed, with its first path (empty for the root), which is then passed
    /// over; null: throw instead.
    /// </param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    /// <exception cref="StoreException">A page is missing or malformed; what was given out before stays
    /// good.</exception>
    public async IAsyncEnumerable<Entry> ScanAsync(
        ChunkId? root, EntryPath from, EntryPath prefix, Action<EntryPath, StoreException>? damaged,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = new TreeCursor(chunks, root);
        await StepAsync(cursor, cursor.SeekAsync(from > prefix ? from : prefix, cancellationToken), damaged)
            .ConfigureAwait(false);
        while (!cursor.AtEnd && cursor.Path.Span.StartsWith(prefix.Span))
        {
            if (cursor.Entry is { } entry)
            {
                cursor.Skip();
                yield return entry;
            }
            else
            {
                await StepAsync(cursor, cursor.OpenAsync(cancellationToken), damaged).ConfigureAwait(false);
            }
        }
    }

    /// <summary>As the other, but a page that is missing or malformed ends it.</summary>
    public IAsyncEnumerable<Entry> ScanAsync(
        ChunkId? root, EntryPath from, EntryPath prefix, CancellationToken cancellationToken) =>
        ScanAsync(root, from, prefix, null, cancellationToken);

    /// <summary>Every page of the map that was not seen yet, each before those below it.</summary>
    /// <param name="root">The map's root page; null for the empty map.</param>
    /// <param name="seen">
    /// Pages in it are passed over with all below them; each page is added before it is read. Given again for the next
    /// map, so that what maps share is read once. Good for that only when the enumeration is run to its end.
    /// </param>
    /// <param name="damaged">
    /// Called for a page that is missing or malformed, which is then passed over: with what its parent says of it (of
    /// the root: only its id), and the path before which it ends, null where the map does; null: throw instead.
    /// </param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    /// <exception cref="StoreException">A page is missing or malformed and <paramref name="damaged"/> is
    /// null.</exception>
    public IAsyncEnumerable<Page> PagesAsync(ChunkId? root, HashSet<ChunkId> seen,
        Action<PageLink, EntryPath?, StoreException>? damaged, CancellationToken cancellationToken) =>
        PagesAsync(root, seen.Add, damaged, cancellationToken);

    /// <summary>As the other, for who keeps in another way which pages were seen.</summary>
    /// <param name="root">The map's root page; null for the empty map.</param>
    /// <param name="enter">Asked for each page, as often as it is met, before it is read; false: it is passed over with
    /// all below it.</param>
    /// <param name="damaged">As for the other; what it throws ends the enumeration.</param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    public async IAsyncEnumerable<Page> PagesAsync(ChunkId? root, Func<ChunkId, bool> enter,
        Action<PageLink, EntryPath?, StoreException>? damaged, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (root is not { } id || !enter(id))
        {
            yield break;
        }

        var pages = new PageReader(chunks);
        var pending = new Stack<(PageLink Link, int Height, EntryPath? End)>();
        pending.Push((new PageLink(default, id, 0, 0), -1, null));
        while (pending.TryPop(out (PageLink Link, int Height, EntryPath? End) next))
        {
            Page page;
            try
            {
                page = next.Height < 0
                    ? await pages.ReadRootAsync(id, cancellationToken).ConfigureAwait(false)
                    : await pages.ReadAsync(next.Link, next.Height, next.End, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e)
                when (damaged is not null && (e.IsDamage || e.Fault is StoreFault.NewerFormat))
            {
                damaged(next.Link, next.End, e);
                continue;
            }

            yield return page;
            if (page is InnerPage inner)
            {
                EntryPath? end = next.End;
                foreach (PageLink link in inner.Items.Reverse())
                {
                    if (enter(link.Id))
                    {
                        pending.Push((link, inner.Height - 1, end));
                    }

                    end = link.First;
                }
            }
        }
    }

    // A cursor stands at the page that it could not read.
    private static async ValueTask StepAsync(
        TreeCursor cursor, ValueTask step, Action<EntryPath, StoreException>? damaged)
    {
        try
        {
            await step.ConfigureAwait(false);
        }
        catch (StoreException e) when (damaged is not null && e.IsDamage)
        {
            damaged(cursor.AtEnd ? default : cursor.Path, e);
            if (!cursor.AtEnd)
            {
                cursor.Skip();
            }
        }
    }
}
