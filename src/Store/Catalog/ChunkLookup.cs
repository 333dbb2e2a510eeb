using System.Buffers.Binary;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Catalog;

/// <summary>Finds chunks by id. Called under the catalog's lock.</summary>
internal sealed class ChunkLookup : IDisposable
{
    // To begin and end a read transaction costs more than a look-up. Where there is a log, one that stays open keeps no
    // writer waiting; it only lets the log grow until the next look-up or change here.
    private const int LookupsPerTransaction = 1_024;

    private readonly Database _database;
    private readonly Statement _find, _begin, _commit;
    private int _lookupsLeft;
    private bool _isReading, _isClosed;

    /// <param name="database">In the shape of schema.sql; disposed after this.</param>
    public ChunkLookup(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN");
        _commit = database.Prepare("COMMIT");
        _find = database.Prepare("""
            SELECT k.position, b.chunks, p.id, p.purpose, b.frame, b.frame_offset, b.sealed_length, b.raw_length
            FROM chunks k JOIN blocks b ON b.number = k.block JOIN packs p ON p.number = b.pack
            WHERE k.prefix = ?1 ORDER BY k.block
            """);
    }

    /// <summary>Looks a chunk up.</summary>
    /// <param name="id">The chunk.</param>
    /// <param name="all">Takes every place; null when one will do.</param>
    /// <param name="location">The first place.</param>
    public bool TryFind(ChunkId id, List<ChunkLocation>? all, out ChunkLocation location)
    {
        BeginReading();
        bool found = false;
        location = default;
        try
        {
            _find.Bind(1, (long)id.Prefix);
            while ((!found || all is not null) && _find.Step())
            {
                if (TryRead(id, out ChunkLocation place))
                {
                    location = found ? location : place;
                    found = true;
                    all?.Add(place);
                }
            }
        }
        finally
        {
            _find.Reset();
        }

        return found;
    }

    /// <summary>
    /// Ends the read transaction that look-ups share, so that what follows sees what is there now, and may write.
    /// </summary>
    /// <exception cref="StoreException">This is disposed of: whoever still asks is to ask the catalog that took its
    /// place.</exception>
    public void EndReading()
    {
        ThrowIfClosed();
        if (_isReading)
        {
            _isReading = false;
            _lookupsLeft = 0;
            _commit.Run();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isClosed = true;
        _find.Dispose();
        _begin.Dispose();
        _commit.Dispose();
    }

    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw new StoreException(StoreFault.Corrupt, "The catalog was replaced.", "", new CatalogFault("closed"));
        }
    }

    private void BeginReading()
    {
        ThrowIfClosed();
        if (_lookupsLeft > 0)
        {
            _lookupsLeft--;
        }
        else if (_database.HasLog)
        {
            EndReading();
            _begin.Run();
            _isReading = true;
            _lookupsLeft = LookupsPerTransaction;
        }
    }

    /// <summary>The row's place, if the row is of this chunk and not of one whose id only begins alike.</summary>
    private bool TryRead(ChunkId id, out ChunkLocation location)
    {
        location = default;
        int position = _find.Int32(0);
        ReadOnlySpan<byte> chunks = _find.Bytes(1);
        if (position >= chunks.Length / PackRows.ChunkSize)
        {
            throw _database.Damage();
        }

        ReadOnlySpan<byte> chunk = chunks.Slice(position * PackRows.ChunkSize, PackRows.ChunkSize);
        if (new ChunkId(chunk[4..]) != id)
        {
            return false;
        }

        long offset = 0;
        for (int i = 0; i < position; i++)
        {
            offset += BinaryPrimitives.ReadUInt32LittleEndian(chunks[(i * PackRows.ChunkSize)..]);
        }

        var block = new BlockLocation(new PackId(_find.Bytes(2, PackId.Size)), (PackPurpose)_find.Int32(3), _find.Int32(4),
            _find.Int64(5), _find.Int32(6), _find.Int32(7));
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk);
        if (block.Offset < 0 || offset + length > block.RawLength)
        {
            throw _database.Damage();
        }

        location = new ChunkLocation(block, (int)offset, (int)length, position);
        return true;
    }
}
