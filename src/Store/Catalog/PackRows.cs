using System.Buffers;
using System.Buffers.Binary;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Catalog;

/// <summary>
/// The rows of packs, blocks and chunks: puts them in, takes them out, lists them. Called under the catalog's lock.
/// </summary>
internal sealed class PackRows : IDisposable
{
    /// <summary>What a chunk takes in its block's row: its length in 4 bytes, and its id.</summary>
    public const int ChunkSize = 4 + ChunkId.Size;

    // Of chunks that are deleted, so many are sorted at once, 24 MB of them: in order each page is met once.
    private const int MostRows = 1 << 20;

    private readonly Database _database;
    private readonly Statement _find, _insertPack, _insertBlock, _insertChunk;
    private readonly Statement _blocks, _deletePack, _deleteBlocks, _deleteChunk;

    /// <param name="database">In the shape of schema.sql; disposed after this.</param>
    public PackRows(Database database)
    {
        _database = database;
        _find = database.Prepare("SELECT number, first_block, block_count FROM packs WHERE id = ?1");
        _insertPack = database.Prepare("""
            INSERT INTO packs (number, id, purpose, first_block, block_count, chunk_count, raw_bytes, sealed_bytes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """);
        _insertBlock = database.Prepare("""
            INSERT INTO blocks (number, pack, frame, frame_offset, sealed_length, raw_length, chunks)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """);
        _insertChunk = database.Prepare("INSERT INTO chunks (prefix, block, position) VALUES (?1, ?2, ?3)");
        _blocks = database.Prepare("""
            SELECT p.purpose, b.frame, b.frame_offset, b.sealed_length, b.raw_length, b.chunks, b.number
            FROM packs p JOIN blocks b ON b.number >= p.first_block AND b.number < p.first_block + p.block_count
            WHERE p.id = ?1 ORDER BY b.number
            """);
        _deletePack = database.Prepare("DELETE FROM packs WHERE number = ?1");
        _deleteBlocks = database.Prepare("DELETE FROM blocks WHERE number >= ?1 AND number < ?2");
        _deleteChunk = database.Prepare("DELETE FROM chunks WHERE prefix = ?1 AND block = ?2 AND position = ?3");
    }

    /// <summary>
    /// Puts packs in; those that are there already are left as they are. In a transaction of the caller.
    /// </summary>
    /// <returns>The rows that were added to the table of chunks.</returns>
    public IReadOnlyList<ChunkRow> Insert(IEnumerable<PackFooter> packs)
    {
        long pack = Next("packs"), block = Next("blocks");
        var rows = new List<ChunkRow>();
        Span<byte> id = stackalloc byte[PackId.Size];
        foreach (PackFooter footer in packs)
        {
            if (TryFind(footer.Pack, out _, out _, out _))
            {
                continue;
            }

            long first = block, chunks = 0, raw = 0, sealedBytes = 0;
            foreach (PackBlock listed in footer.Blocks)
            {
                InsertBlock(listed, pack, block, rows);
                chunks += listed.Chunks.Count;
                raw += listed.Location.RawLength;
                sealedBytes += listed.Location.SealedLength;
                block++;
            }

            footer.Pack.CopyTo(id);
            _insertPack.Bind(1, pack++).Bind(2, id).Bind(3, (long)footer.Purpose).Bind(4, first).Bind(5, block - first)
                .Bind(6, chunks).Bind(7, raw).Bind(8, sealedBytes).Run();
        }

        // In the table's order, so that each of its pages is visited once: several times faster than as they come.
        rows.Sort();
        foreach (ChunkRow row in rows)
        {
            _insertChunk.Bind(1, row.Prefix).Bind(2, row.Block).Bind(3, row.Position).Run();
        }

        return rows;
    }

    /// <summary>
    /// Takes packs out, with all that is said of them; those that are not there are no error. In a transaction of the
    /// caller.
    /// </summary>
    public void Delete(IEnumerable<PackId> packs)
    {
        var rows = new List<ChunkRow>();
        foreach (PackId id in packs)
        {
            if (TryFind(id, out long pack, out long first, out int count))
            {
                foreach ((PackBlock block, long number) in Read(id))
                {
                    if (rows.Count + block.Chunks.Count > MostRows)
                    {
                        DeleteChunks(rows);
                    }

                    rows.AddRange(block.Chunks.Select((chunk, i) => new ChunkRow((long)chunk.Id.Prefix, number, i)));
                }

                _deleteBlocks.Bind(1, first).Bind(2, first + count).Run();
                _deletePack.Bind(1, pack).Run();
            }
        }

        DeleteChunks(rows);
    }

    private void DeleteChunks(List<ChunkRow> rows)
    {
        rows.Sort();
        foreach (ChunkRow row in rows)
        {
            _deleteChunk.Bind(1, row.Prefix).Bind(2, row.Block).Bind(3, row.Position).Run();
        }

        rows.Clear();
    }

    /// <summary>A pack's blocks, in their order; none when it is not there.</summary>
    public List<PackBlock> Blocks(PackId id) => Read(id).ConvertAll(row => row.Block);

    /// <summary>All packs, in the order in which they came.</summary>
    public List<PackSummary> List()
    {
        using Statement rows = _database.Prepare("""
            SELECT id, purpose, block_count, chunk_count, raw_bytes, sealed_bytes FROM packs ORDER BY number
            """);
        var list = new List<PackSummary>();
        while (rows.Step())
        {
            list.Add(new PackSummary(new PackId(rows.Bytes(0, PackId.Size)), (PackPurpose)rows.Int32(1), rows.Int32(2),
                rows.Int64(3), rows.Int64(4), rows.Int64(5)));
        }

        return list;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Statement[] all =
            [_find, _insertPack, _insertBlock, _insertChunk, _blocks, _deletePack, _deleteBlocks, _deleteChunk];
        foreach (Statement statement in all)
        {
            statement.Dispose();
        }
    }

    private long Next(string table)
    {
        using Statement statement = _database.Prepare($"SELECT coalesce(max(number), 0) + 1 FROM {table}");
        statement.Step();
        return statement.Int64(0);
    }

    private bool TryFind(PackId id, out long number, out long firstBlock, out int blockCount)
    {
        Span<byte> bytes = stackalloc byte[PackId.Size];
        id.CopyTo(bytes);
        try
        {
            bool found = _find.Bind(1, bytes).Step();
            (number, firstBlock, blockCount) = found ? (_find.Int64(0), _find.Int64(1), _find.Int32(2)) : default;
            return found;
        }
        finally
        {
            _find.Reset();
        }
    }

    private void InsertBlock(PackBlock block, long pack, long number, List<ChunkRow> rows)
    {
        int length = checked(block.Chunks.Count * ChunkSize);
        byte[] chunks = ArrayPool<byte>.Shared.Rent(length);
        for (int i = 0; i < block.Chunks.Count; i++)
        {
            Span<byte> target = chunks.AsSpan(i * ChunkSize, ChunkSize);
            PackChunk chunk = block.Chunks[i];
            BinaryPrimitives.WriteInt32LittleEndian(target, chunk.Length);
            chunk.Id.Value.CopyTo(target[4..]);
            rows.Add(new ChunkRow((long)chunk.Id.Prefix, number, i));
        }

        BlockLocation location = block.Location;
        _insertBlock.Bind(1, number).Bind(2, pack).Bind(3, location.Number).Bind(4, location.Offset)
            .Bind(5, location.SealedLength).Bind(6, location.RawLength).Bind(7, chunks.AsSpan(0, length)).Run();
        ArrayPool<byte>.Shared.Return(chunks);
    }

    private List<(PackBlock Block, long Number)> Read(PackId id)
    {
        Span<byte> bytes = stackalloc byte[PackId.Size];
        id.CopyTo(bytes);
        var list = new List<(PackBlock, long)>();
        try
        {
            _blocks.Bind(1, bytes);
            while (_blocks.Step())
            {
                var location = new BlockLocation(id, (PackPurpose)_blocks.Int32(0), _blocks.Int32(1), _blocks.Int64(2),
                    _blocks.Int32(3), _blocks.Int32(4));
                list.Add((new PackBlock(location, ReadChunks(_blocks.Bytes(5), location.RawLength)), _blocks.Int64(6)));
            }

            return list;
        }
        finally
        {
            _blocks.Reset();
        }
    }

    /// <summary>A block's chunks, which must be as long together as the block.</summary>
    private PackChunk[] ReadChunks(ReadOnlySpan<byte> bytes, int rawLength)
    {
        var chunks = new PackChunk[bytes.Length / ChunkSize];
        long left = rawLength;
        for (int i = 0; i < chunks.Length; i++)
        {
            ReadOnlySpan<byte> chunk = bytes.Slice(i * ChunkSize, ChunkSize);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk);
            if (length == 0 || length > left)
            {
                throw _database.Damage();
            }

            left -= length;
            chunks[i] = new PackChunk(new ChunkId(chunk[4..]), (int)length);
        }

        return left == 0 && bytes.Length % ChunkSize == 0 ? chunks : throw _database.Damage();
    }
}
