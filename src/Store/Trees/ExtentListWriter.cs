using JadaStore.Store.Model;

namespace JadaStore.Store.Trees;

/// <summary>Takes a file's extents, in order, and moves them into list chunks when they are too many for an
/// entry.</summary>
/// <remarks>
/// Lists are cut by content (docs/format.md, "Entries"), so an insertion into a huge file changes few of them, and
/// equal extents give equal lists. Memory: one list a depth, and the entry's own extents.
/// </remarks>
/// <param name="writer">Where the lists go.</param>
internal sealed class ExtentListWriter(IChunkWriter writer)
{
    /// <summary>Most extents that stay in the entry, and least in a list that is not the last: 64.</summary>
    public const int MaxInline = 64;

    private readonly List<List<Extent>> _pending = [[]];
    private readonly List<bool> _wasCut = [false];
    private readonly ByteWriter _bytes = new();

    /// <summary>Adds the next extent.</summary>
    /// <exception cref="ArgumentException">It is empty, or a chunk above 1 MiB.</exception>
    public void Add(Extent extent)
    {
        if (EntryRules.Violation(extent, 0) is { } wrong)
        {
            throw new ArgumentException($"Extent {extent}: {wrong}.", nameof(extent));
        }

        Add(extent, 0);
    }

    /// <summary>Writes the last lists; nothing can be added after.</summary>
    /// <returns>The entry's content; null when that needs none, for it is one chunk or no bytes at all.</returns>
    public Content? Finish()
    {
        if (!_wasCut[0] && (_pending[0].Count == 0 || _pending[0] is [{ IsHole: false }]))
        {
            return null;
        }

        for (int depth = 0; ; depth++)
        {
            if (depth == EntryRules.MaxDepth || (!_wasCut[depth] && _pending[depth].Count <= MaxInline))
            {
                return new Content(depth, _pending[depth].ToArray());
            }

            Cut(depth);
        }
    }

    private void Add(Extent extent, int depth)
    {
        if (_pending.Count == depth)
        {
            _pending.Add([]);
            _wasCut.Add(false);
        }

        // A list is cut when the next extent comes, never at the end: so 64 extents in all stay in the entry.
        List<Extent> pending = _pending[depth];
        if (depth < EntryRules.MaxDepth && EndsList(pending))
        {
            Cut(depth);
        }
        else if (pending.Count == EntryRules.MaxExtents)
        {
            throw new StoreException(StoreFault.Refused, "A file has more extents than a repository can hold.");
        }

        pending.Add(extent);
    }

    private static bool EndsList(List<Extent> list) =>
        list.Count >= MaxInline
        && (list.Count == EntryRules.MaxExtents || (!list[^1].IsHole && list[^1].Id.Prefix >> 56 == 0));

    private void Cut(int depth)
    {
        _bytes.CutTo(0);
        foreach (Extent extent in _pending[depth])
        {
            ExtentCodec.Write(_bytes, extent);
        }

        _pending[depth].Clear();
        _wasCut[depth] = true;
        Add(Extent.Chunk(writer.Write(_bytes.Written), _bytes.Length), depth + 1);
    }
}
