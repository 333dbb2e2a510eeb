namespace JadaStore.Store.Catalog;

/// <summary>The rows of the blocks that were asked for last. Called under the catalog's lock.</summary>
/// <remarks>
/// Neighbours in a tree mostly lie in one block, and its row of all its chunks is kilobytes on several pages: read for
/// each of them, it was most of what a look-up took. At most <see cref="MostBytes"/> are kept, or one block.
/// </remarks>
/// <param name="database">In the shape of schema.sql; disposed after this.</param>
internal sealed class RecentBlocks(Database database) : IDisposable
{
    /// <summary>How much of the rows is kept: 4 MiB.</summary>
    public const int MostBytes = 4 << 20;

    private readonly Dictionary<long, RecentBlock> _blocks = [];
    private readonly Queue<long> _order = new();
    private readonly Statement _find = database.Prepare("""
        SELECT b.chunks, p.id, p.purpose, b.frame, b.frame_offset, b.sealed_length, b.raw_length
        FROM blocks b JOIN packs p ON p.number = b.pack WHERE b.number = ?1
        """);

    private RecentBlock? _spare;
    private int _bytes;

    /// <summary>The block of that number; null where there is none, or no pack of it.</summary>
    /// <exception cref="Store.StoreException"><see cref="StoreFault.Corrupt"/>: the row cannot be one.</exception>
    public RecentBlock? Find(long number)
    {
        if (_blocks.TryGetValue(number, out RecentBlock? block))
        {
            return block;
        }

        try
        {
            if (!_find.Bind(1, number).Step())
            {
                return null;
            }

            block = _spare ?? new RecentBlock();
            _spare = null;
            block.Fill(database, _find);
        }
        finally
        {
            _find.Reset();
        }

        _blocks.Add(number, block);
        _order.Enqueue(number);
        _bytes += block.Bytes;
        while (_bytes > MostBytes && _order.Count > 1)
        {
            _blocks.Remove(_order.Dequeue(), out _spare);
            _bytes -= _spare!.Bytes;
        }

        return block;
    }

    /// <summary>Forgets all: the rows may change, and their numbers be given to others.</summary>
    public void Clear()
    {
        _blocks.Clear();
        _order.Clear();
        _bytes = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _find.Dispose();
}
