using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Catalog;

/// <summary>
/// Where each chunk lies, and the snapshot records: what packs and records say, in one SQLite file; see schema.sql.
/// </summary>
/// <remarks>
/// <para>A cache. What it says of a pack is true only while that pack exists, so after opening it compare
/// <see cref="Packs"/>
/// and <see cref="Snapshots"/> with the folders, add what is missing and remove what is gone: also after a crash,
/// which may have undone the last changes here.</para>
/// <para>Any thread may call any method. Several processes may have the file open at once: each change is one short
/// transaction, and one process waits up to 30 s for another.</para>
/// <para>Every method throws <see cref="StoreException"/>: Corrupt when the file turns out to be damaged (open it
/// anew), Locked, or Io; its cause is a <see cref="CatalogFault"/>.</para>
/// </remarks>
internal sealed class Catalog : IDisposable
{
    // Before so many questions, reading the whole table to save look-ups does not pay.
    private const int QuestionsBeforeFilter = 4_096;

    private const int LeastFilter = 1 << 18;

    // Bytes that a row of the table of chunks takes at least: its prefix is random.
    private const int LeastRow = 9;

    private readonly Lock _lock = new();
    private readonly Database _database;
    private readonly PackRows _packs;
    private readonly ChunkLookup _lookup;
    private ChunkFilter? _filter;
    private int _questions;

    private Catalog(Database database, bool isNew, bool isKept)
    {
        _database = database;
        IsNew = isNew;
        IsKept = isKept;
        _packs = new PackRows(database);
        _lookup = new ChunkLookup(database);
    }

    /// <summary>
    /// Whether it is empty and to be filled: it was not there, was damaged, of another repository or shape, or thrown
    /// away.
    /// </summary>
    public bool IsNew { get; }

    /// <summary>
    /// False when nothing can be written where it lies: then all that is added is gone when this is closed.
    /// </summary>
    public bool IsKept { get; }

    /// <summary>Opens the catalog; whatever is wrong with the file, it is put right or emptied.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="repositoryId">The repository's id, 16 bytes.</param>
    /// <param name="how">What becomes of what it holds.</param>
    public static Catalog Open(string path, ReadOnlySpan<byte> repositoryId, CatalogOpening how = CatalogOpening.AsItIs) =>
        Open(path, repositoryId, how, Database.Patience);

    /// <summary>As the other, with a patience of one's own.</summary>
    public static Catalog Open(string path, ReadOnlySpan<byte> repositoryId, CatalogOpening how, TimeSpan patience)
    {
        bool isNew, isKept = false;
        Database database = how == CatalogOpening.Private
            ? CatalogFile.OpenPrivate(repositoryId, out isNew)
            : CatalogFile.Open(path, repositoryId, how == CatalogOpening.Anew, patience, out isNew, out isKept);
        try
        {
            return new Catalog(database, isNew, isKept);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>For tests: what it is kept in.</summary>
    internal Database Database => _database;

    /// <summary>Adds packs in one transaction; a pack that is known already is left as it is.</summary>
    /// <remarks>Some hundred packs a call are quickest by far: a chunk costs 2 µs among a million, 10 µs among two
    /// thousand.</remarks>
    /// <param name="packs">Read to the end before the transaction begins.</param>
    public void AddPacks(IEnumerable<PackFooter> packs)
    {
        PackFooter[] all = [.. packs];
        if (all.Length == 0)
        {
            return;
        }

        lock (_lock)
        {
            _lookup.EndReading();
            IReadOnlyList<ChunkRow> rows = [];
            _database.InTransaction(() => rows = _packs.Insert(all));
            Extend(rows);
        }
    }

    /// <summary>Removes packs in one transaction; one that is not known is no error.</summary>
    public void RemovePacks(IEnumerable<PackId> packs)
    {
        PackId[] all = [.. packs];
        if (all.Length == 0)
        {
            return;
        }

        lock (_lock)
        {
            _lookup.EndReading();
            _database.InTransaction(() => _packs.Delete(all));
        }
    }

    /// <summary>All packs, in the order in which they were added.</summary>
    public IReadOnlyList<PackSummary> Packs()
    {
        lock (_lock)
        {
            _lookup.EndReading();
            return _packs.List();
        }
    }

    /// <summary>What the footer of a pack lists, in its order; nothing when the pack is not known.</summary>
    public IReadOnlyList<PackBlock> Blocks(PackId pack)
    {
        lock (_lock)
        {
            _lookup.EndReading();
            return _packs.Blocks(pack);
        }
    }

    /// <summary>Whether a chunk is stored.</summary>
    /// <remarks>
    /// True is certain, as long as no other process removes packs. False may be wrong about a chunk that another
    /// process
    /// added meanwhile, as a filter in memory tells what is new: then it is stored twice, and nothing else is amiss.
    /// </remarks>
    public bool Contains(ChunkId id) => Contains(id, out _);

    /// <summary>As the other, and says where: when in several packs, in the one that was added first.</summary>
    public bool Contains(ChunkId id, out ChunkLocation first)
    {
        if (Volatile.Read(ref _filter) is { } filter && !filter.MayContain(id.Prefix))
        {
            first = default;
            return false;
        }

        lock (_lock)
        {
            if (_filter is null && ++_questions > QuestionsBeforeFilter)
            {
                _lookup.EndReading();
                ReadFilter();
            }

            return _lookup.TryFind(id, null, out first);
        }
    }

    /// <summary>Where a chunk lies; when in several packs, in the one that was added first.</summary>
    public bool TryFind(ChunkId id, out ChunkLocation location)
    {
        lock (_lock)
        {
            if (_lookup.TryFind(id, null, out location))
            {
                return true;
            }

            // The open transaction shows the past; another process may have added it since.
            _lookup.EndReading();
            return _lookup.TryFind(id, null, out location);
        }
    }

    /// <summary>Whether just these chunks can be looked up, each as often as it is given.</summary>
    /// <param name="prefixes">The first eight bytes of their ids, as signed numbers, sorted.</param>
    public bool Indexes(ReadOnlySpan<long> prefixes)
    {
        lock (_lock)
        {
            _lookup.EndReading();
            using Statement rows = _database.Prepare("SELECT prefix FROM chunks ORDER BY prefix");
            foreach (long prefix in prefixes)
            {
                if (!rows.Step() || rows.Int64(0) != prefix)
                {
                    return false;
                }
            }

            return !rows.Step();
        }
    }

    /// <summary>Every place where a chunk lies, for when the first is damaged.</summary>
    public IReadOnlyList<ChunkLocation> FindAll(ChunkId id)
    {
        var all = new List<ChunkLocation>();
        lock (_lock)
        {
            _lookup.EndReading();
            _lookup.TryFind(id, all, out _);
        }

        return all;
    }

    /// <summary>
    /// Every place where a chunk lies, for one who asks for a great many; what other processes added meanwhile may be
    /// missing where there are others.
    /// </summary>
    /// <param name="id">The chunk.</param>
    /// <param name="places">Emptied and filled, in the order in which the packs were added.</param>
    public void FindAll(ChunkId id, List<ChunkLocation> places)
    {
        places.Clear();
        lock (_lock)
        {
            if (!_lookup.TryFind(id, places, out _))
            {
                _lookup.EndReading();
                _lookup.TryFind(id, places, out _);
            }
        }
    }

    /// <summary>
    /// Whether every chunk that snapshots need was here when last looked for, and no pack was lost since. False at
    /// first.
    /// </summary>
    public bool IsChecked
    {
        get
        {
            lock (_lock)
            {
                _lookup.EndReading();
                using Statement row = _database.Prepare("SELECT is_checked FROM repository");
                return row.Step() && row.Int32(0) == 1;
            }
        }

        set
        {
            lock (_lock)
            {
                _lookup.EndReading();
                using Statement update = _database.Prepare("UPDATE repository SET is_checked = ?1");
                update.Bind(1, value ? 1 : 0).Run();
            }
        }
    }

    /// <summary>Adds a snapshot record as it lies in its file; one that is known already is left as it is.</summary>
    public void AddSnapshot(SnapshotId id, ReadOnlySpan<byte> record)
    {
        lock (_lock)
        {
            _lookup.EndReading();
            using Statement insert = _database.Prepare("INSERT OR IGNORE INTO snapshots (id, record) VALUES (?1, ?2)");
            insert.Bind(1, id.Value.ToArray()).Bind(2, record).Run();
        }
    }

    /// <summary>Removes a snapshot record; one that is not known is no error.</summary>
    public void RemoveSnapshot(SnapshotId id)
    {
        lock (_lock)
        {
            _lookup.EndReading();
            using Statement delete = _database.Prepare("DELETE FROM snapshots WHERE id = ?1");
            delete.Bind(1, id.Value.ToArray()).Run();
        }
    }

    /// <summary>Removes snapshot records for good: no power cut brings one back.</summary>
    /// <returns>False when this one is not kept, and so what lies in the file was not changed.</returns>
    public bool TryGiveUpSnapshots(IEnumerable<SnapshotId> ids)
    {
        lock (_lock)
        {
            _lookup.EndReading();
            using Statement insert = _database.Prepare("INSERT OR IGNORE INTO snapshots (id, record) VALUES (?1, x'')");
            using Statement delete = _database.Prepare("DELETE FROM snapshots WHERE id = ?1");
            _database.InDurableTransaction(() =>
            {
                foreach (SnapshotId id in ids)
                {
                    // Removed before, it may yet be there after a power cut; put in once more, there is something to
                    // write.
                    insert.Bind(1, id.Value.ToArray()).Run();
                    delete.Bind(1, id.Value.ToArray()).Run();
                }
            });
            return IsKept;
        }
    }

    /// <summary>All snapshot records, sealed. What is read from here is as little to be trusted as the file.</summary>
    public IReadOnlyDictionary<SnapshotId, byte[]> Snapshots()
    {
        lock (_lock)
        {
            _lookup.EndReading();
            using Statement rows = _database.Prepare("SELECT id, record FROM snapshots");
            var records = new Dictionary<SnapshotId, byte[]>();
            while (rows.Step())
            {
                records[new SnapshotId(new Digest(rows.Bytes(0, Digest.Size)))] = rows.Bytes(1).ToArray();
            }

            return records;
        }
    }

    /// <summary>Closes it; whoever still asks gets a <see cref="CatalogFault"/>.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _lookup.Dispose();
            _packs.Dispose();
            _database.Dispose();
        }
    }

    private void Extend(IReadOnlyList<ChunkRow> rows)
    {
        if (_filter is not { } filter)
        {
            return;
        }

        if (filter.Count + rows.Count > filter.Capacity)
        {
            ReadFilter();
            return;
        }

        foreach (ChunkRow row in rows)
        {
            filter.Add((ulong)row.Prefix);
        }
    }

    /// <summary>Makes the filter from the table, with room for as many chunks again.</summary>
    private void ReadFilter()
    {
        using Statement sum = _database.Prepare("SELECT coalesce(sum(chunk_count), 0) FROM packs");
        sum.Step();

        // The packs may claim anything; there are no more rows than the file has room for.
        long chunks = Math.Clamp(sum.Int64(0), 0, _database.Size / LeastRow);
        var filter = new ChunkFilter(Math.Max(LeastFilter, 2 * chunks));
        using Statement rows = _database.Prepare("SELECT prefix FROM chunks");
        while (rows.Step())
        {
            filter.Add((ulong)rows.Int64(0));
        }

        Volatile.Write(ref _filter, filter);
    }
}
