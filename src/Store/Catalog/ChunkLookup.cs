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
    private readonly RecentBlocks _recent;
    private int _lookupsLeft;
    private bool _isReading, _isClosed;

    /// <param name="database">In the shape of schema.sql; disposed after this.</param>
    public ChunkLookup(Database database)
    {
        _database = database;
        _begin = database.Prepare("BEGIN");
        _commit = database.Prepare("COMMIT");
        _recent = new RecentBlocks(database);
        _find = database.Prepare("SELECT block, position FROM chunks WHERE prefix = ?1 ORDER BY block");
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
                if (_recent.Find(_find.Int64(0)) is { } block
                    && block.TryGet(_find.Int32(1), id, out ChunkLocation place, _database))
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
        _recent.Clear();
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
        _recent.Dispose();
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
        else
        {
            EndReading();
            if (!_database.HasLog)
            {
                return;
            }

            _begin.Run();
            _isReading = true;
            _lookupsLeft = LookupsPerTransaction;
        }
    }
}
