using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>A place in one map: at an entry, or at a whole page that was not opened.</summary>
/// <remarks>
/// <see cref="NextAsync"/> walks the entries; <see cref="OpenAsync"/> and <see cref="Skip"/> walk the pages too, so
/// that what is known can be passed over unread. Memory: one page a height. Not for two threads at once. When a page
/// cannot
/// be read the cursor stands at it, and <see cref="Skip"/> goes past it; at the end when it is the root.
/// </remarks>
/// <param name="chunks">Where the pages are.</param>
/// <param name="root">The map's root page; null for the empty map.</param>
internal sealed class TreeCursor(IChunkReader chunks, ChunkId? root)
{
    private readonly PageReader _pages = new(chunks);
    private readonly List<Frame> _frames = [];
    private EntryPath _from;
    private bool _started;

    /// <summary>Whether nothing is left; also before the start.</summary>
    public bool AtEnd => _frames.Count == 0;

    /// <summary>The entry here; null at a page, and at the end.</summary>
    public Entry? Entry { get; private set; }

    /// <summary>The page here; only when not at an entry and not at the end.</summary>
    public PageLink Link { get; private set; }

    /// <summary>The height of the page here; −1 at an entry.</summary>
    public int Height => Entry is null ? _frames[^1].Page.Height - 1 : -1;

    /// <summary>The path of the entry here, or the first below the page; not at the end.</summary>
    public EntryPath Path => Entry is { } entry ? entry.Path : Link.First;

    /// <summary>Reads the root page and goes to its first item that has an entry at <paramref name="from"/> or behind
    /// it.</summary>
    /// <param name="from">Entries before it are passed over, here and in every page opened later.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="StoreException">The page is missing or malformed.</exception>
    public async ValueTask StartAsync(EntryPath from, CancellationToken cancellationToken)
    {
        _started = true;
        _from = from;
        _frames.Clear();
        Entry = null;
        if (root is { } id)
        {
            Enter(await _pages.ReadRootAsync(id, cancellationToken).ConfigureAwait(false), null);
        }
    }

    /// <summary>Goes to the first entry at <paramref name="from"/> or behind it, forwards or backwards.</summary>
    /// <remarks>Reads at most one page a height, and none that is open already. Stands at that entry, at a page that
    /// begins with it, or at the end.</remarks>
    /// <exception cref="StoreException">A page is missing or malformed.</exception>
    public async ValueTask SeekAsync(EntryPath from, CancellationToken cancellationToken)
    {
        int open = _frames.Count;
        while (open > 1 && !_frames[open - 1].Covers(from))
        {
            open--;
        }

        if (open == 0)
        {
            await StartAsync(from, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _from = from;
            _frames.RemoveRange(open, _frames.Count - open);
            _frames[^1] = _frames[^1] with { Index = FirstIndex(_frames[^1].Page) };
            Settle();
        }

        while (!AtEnd && Entry is null && Link.First < from)
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The entry here or the next one, opening pages on the way; then goes past it.</summary>
    /// <returns>Null at the end. Completes at once when the pages do.</returns>
    /// <exception cref="StoreException">A page is missing or malformed.</exception>
    public ValueTask<Entry?> NextAsync(CancellationToken cancellationToken)
    {
        if (Entry is { } entry)
        {
            Skip();
            return new ValueTask<Entry?>(entry);
        }

        return OpenNextAsync(cancellationToken);
    }

    /// <summary>Opens the page here and goes to its first item.</summary>
    /// <exception cref="StoreException">The page is missing or malformed, or not what the page above says.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        Frame above = _frames[^1];
        EntryPath? end = above.Index + 1 < above.Page.Count ? above.Page.PathOf(above.Index + 1) : above.End;
        Enter(await _pages.ReadAsync(Link, Height, end, cancellationToken).ConfigureAwait(false), end);
    }

    /// <summary>Goes past the entry or the page here; not at the end.</summary>
    public void Skip()
    {
        _frames[^1] = _frames[^1] with { Index = _frames[^1].Index + 1 };
        Settle();
    }

    private async ValueTask<Entry?> OpenNextAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            await StartAsync(_from, cancellationToken).ConfigureAwait(false);
        }

        while (!AtEnd && Entry is null)
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        Entry? entry = Entry;
        if (entry is not null)
        {
            Skip();
        }

        return entry;
    }

    private void Enter(Page page, EntryPath? end)
    {
        _frames.Add(new Frame(page, FirstIndex(page), end));
        Settle();
    }

    // The first item that may hold an entry at _from or behind: of pages, the last that does not begin behind it.
    private int FirstIndex(Page page)
    {
        int index = page.IndexAtOrAfter(_from);
        bool before = page.Height > 0 && index > 0 && (index == page.Count || page.PathOf(index) != _from);
        return before ? index - 1 : index;
    }

    // Leaves the pages that are used up, and notes what is here.
    private void Settle()
    {
        while (_frames.Count > 0 && _frames[^1].Index == _frames[^1].Page.Count)
        {
            _frames.RemoveAt(_frames.Count - 1);
            if (_frames.Count > 0)
            {
                _frames[^1] = _frames[^1] with { Index = _frames[^1].Index + 1 };
            }
        }

        Entry = null;
        if (_frames.Count > 0)
        {
            Frame here = _frames[^1];
            Entry = here.Page is LeafPage leaf ? leaf.Items[here.Index] : null;
            Link = here.Page is InnerPage inner ? inner.Items[here.Index] : default;
        }
    }

    /// <summary>An open page, the item in it that is next or open, and the path that all of it is before.</summary>
    private readonly record struct Frame(Page Page, int Index, EntryPath? End)
    {
        public bool Covers(EntryPath path) => path >= Page.PathOf(0) && (End is not { } end || path < end);
    }
}
