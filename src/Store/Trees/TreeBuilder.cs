using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Builds the pages of one map from its entries, given in path order.</summary>
/// <remarks>
/// Equal maps give equal roots: page edges depend on the entries alone (docs/format.md, "Pages"). Memory: one page a
/// height. Children are written before their parents, the root last.
/// </remarks>
/// <param name="writer">Where the pages go.</param>
/// <param name="pageEdgeKey">The page edge key, 32 bytes; kept.</param>
internal sealed class TreeBuilder(IChunkWriter writer, byte[] pageEdgeKey)
{
    private readonly List<PageBuilder> _levels = [new PageBuilder(0, pageEdgeKey)];
    private EntryPath _last;
    private long _entries;
    private long _bytes;
    private bool _finished;

    /// <summary>Adds the next entry; when it throws, the builder is as before.</summary>
    /// <exception cref="ArgumentException">The path is not behind the one before, or the entry breaks
    /// <see cref="EntryRules"/>.</exception>
    /// <exception cref="StoreException"><see cref="StoreFault.Refused"/>: the entry takes more than
    /// <see cref="EntryRules.MaxEntry"/> bytes.</exception>
    public void Add(Entry entry)
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        if (_entries > 0 && entry.Path <= _last)
        {
            throw new ArgumentException(
                $"Entry {entry.Path} comes after {_last} and must be behind it.", nameof(entry));
        }

        bool full = _levels[0].Add(entry);
        _last = entry.Path;
        _entries++;
        _bytes = Page.Add(_bytes, entry.Size);
        if (full)
        {
            Close(0);
        }
    }

    /// <summary>Writes the last pages; nothing can be added after.</summary>
    public TreeSummary Finish()
    {
        ObjectDisposedException.ThrowIf(_finished, this);
        _finished = true;
        if (_entries == 0)
        {
            return new TreeSummary(null, 0, 0);
        }

        // A level with one page holds the root, and the level above holds only the link to it, unwritten.
        for (int height = 0; ; height++)
        {
            if (_levels[height].Count > 0)
            {
                Close(height);
            }

            if (_levels[height].Pages == 1)
            {
                return new TreeSummary(_levels[height].LastClosed.Id, _entries, _bytes);
            }
        }
    }

    private void Close(int height)
    {
        PageLink link = _levels[height].Close(writer);
        if (_levels.Count == height + 1)
        {
            _levels.Add(new PageBuilder(height + 1, pageEdgeKey));
        }

        if (_levels[height + 1].Add(link))
        {
            Close(height + 1);
        }
    }
}
