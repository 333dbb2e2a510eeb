using System.Collections.Concurrent;
using JadaStore.Store.Backends;
using JadaStore.Store.Catalog;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>Where each chunk lies: the catalog, kept in step with the packs that are really there.</summary>
/// <remarks>
/// Packs that the catalog does not know (another machine wrote them, or a run was killed before it could say so) are
/// adopted from their footers; packs that are gone are dropped. Done once, when the first chunk is asked for, and again
/// when one is not found or a pack that was known has vanished, and whenever the catalog failed and another took its place. A chunk
/// counts as stored only in a pack that was seen to be there, is not cut off and is not condemned; whatever the catalog,
/// which others write too, says. Safe to use from several threads.
/// </remarks>
internal sealed class ChunkIndex(
    Func<CatalogOpening, Catalog.Catalog> open, IBackend backend, PackReader packs, CondemnedPacks condemned,
    IProgress<RebuildProgress>? progress) : IDisposable
{
    private readonly SemaphoreSlim _syncing = new(1), _mending = new(1);
    private readonly LiveCatalog _catalog = new(open);
    private readonly ConcurrentDictionary<ChunkId, bool> _distrusted = new();
    private readonly ConcurrentDictionary<(PackId, int), string> _damage = new();
    private readonly PacksThatCount _counting = new();
    private bool? _isMended;
    private volatile int _inStepWith = -1;                      // which of the catalogs

    /// <summary>Packs whose footers could not be read, with the reason, as of the last look.</summary>
    public IReadOnlyDictionary<PackId, string> Unreadable { get; private set; } = new Dictionary<PackId, string>();

    /// <summary>What was found damaged in packs while reading, a line each.</summary>
    public IEnumerable<string> Damage => _damage.Values.Order(StringComparer.Ordinal);

    /// <summary>Whether snapshots may need chunks that are gone; see <see cref="Catalog.Catalog.IsChecked"/>.</summary>
    public bool MayLackChunks => !_catalog.Ask(catalog => catalog.IsChecked, false);

    /// <summary>Says that every chunk of every snapshot was looked for and found.</summary>
    public void MarkChecked() => _catalog.TellIfPossible(catalog => catalog.IsChecked = true);

    /// <summary>Where a chunk lies.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: no pack has it.</exception>
    public async ValueTask<ChunkLocation> LocateAsync(ChunkId id, CancellationToken cancellationToken) =>
        await TryLocateAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw ChunkFault.InNoPack(id);

    private async ValueTask<ChunkLocation?> TryLocateAsync(ChunkId id, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken).ConfigureAwait(false);
        if (Best(id) is { } place)
        {
            return place;
        }

        // Another process may have written it since; or the catalog does not know what the packs do.
        return (await SyncAsync(cancellationToken).ConfigureAwait(false) ? Best(id) : null)
            ?? (await MendAsync(cancellationToken).ConfigureAwait(false) ? Best(id) : null);
    }

    /// <summary>
    /// Whether a pack that could not be read is simply gone, as a prune deletes packs whose chunks it has moved. If so,
    /// all is brought in step, and its chunks are to be located anew.
    /// </summary>
    public async ValueTask<bool> HasVanishedAsync(PackId pack, CancellationToken cancellationToken)
    {
        if (await backend.TryGetLengthAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false) is not null)
        {
            return false;
        }

        await SyncAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Called when a chunk is not where, or not what, the catalog says: whether the catalog said something else than the
    /// packs, and was made anew. Then whoever calls asks again, once. Looked at once; costs as much as making it anew.
    /// </summary>
    public async ValueTask<bool> MendAsync(CancellationToken cancellationToken)
    {
        await _mending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isMended is null)
            {
                bool isRight = await new CatalogComparison(this, packs).AgreesAsync(cancellationToken).ConfigureAwait(false);
                if (!isRight)
                {
                    await RebuildAsync(cancellationToken).ConfigureAwait(false);
                }

                _isMended = !isRight;
            }

            return _isMended.Value;
        }
        finally
        {
            _mending.Release();
        }
    }

    /// <summary>Whether a chunk is stored in a pack that is there, as of the last look at the packs.</summary>
    public async ValueTask<bool> HasAsync(ChunkId id, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken).ConfigureAwait(false);
        return Find(id) is { } first && Counts(id, first);
    }

    /// <summary>
    /// Whether a chunk lies in a pack that was there at the last look, condemned or not; whatever is said against it.
    /// </summary>
    public bool IsPresent(ChunkId id) => FindAll(id).Any(place => _counting.IsPresent(place.Block.Pack));

    /// <summary>The packs that were there and readable at the last look, with their lengths in bytes.</summary>
    public IReadOnlyDictionary<PackId, long> Present => _counting.Present;

    /// <summary>The packs that were condemned at the last look.</summary>
    public IReadOnlySet<PackId> Condemned => _counting.Condemned;

    /// <summary>Says that snapshots need chunks that are gone.</summary>
    public void MarkUnchecked() => MayLackChunksFromNow(true);

    /// <summary>All packs that the catalog knows.</summary>
    public IReadOnlyList<PackId> Packs() => [.. Summaries().Select(pack => pack.Id)];

    /// <summary>All packs that the catalog knows, in numbers.</summary>
    public IReadOnlyList<Catalog.PackSummary> Summaries() => _catalog.Ask(catalog => catalog.Packs());

    /// <summary>What a pack holds, as the catalog says.</summary>
    /// <exception cref="StoreException">The catalog failed, or the one in its place is not filled yet.</exception>
    public IReadOnlyList<PackBlock> Blocks(PackId pack) => Filled(_catalog.Ask(catalog => catalog.Blocks(pack)));

    /// <summary>The records that the catalog keeps, sealed; as little to be trusted as the files.</summary>
    public IReadOnlyDictionary<SnapshotId, byte[]> Records() =>
        _catalog.Ask(catalog => catalog.Snapshots(), new Dictionary<SnapshotId, byte[]>());

    /// <summary>
    /// Keeps a record, sealed, that was found and not known: this catalog is older than it, or has seen less, and so
    /// cannot vouch for what it needs.
    /// </summary>
    public void AdoptRecord(SnapshotId id, byte[] record)
    {
        MayLackChunksFromNow(true);
        AddRecord(id, record);
    }

    /// <summary>Keeps a record, sealed.</summary>
    public void AddRecord(SnapshotId id, byte[] record) => _catalog.TellIfPossible(catalog => catalog.AddSnapshot(id, record));

    /// <summary>Whether a chunk is stored, as far as is known now; call <see cref="EnsureAsync"/> before.</summary>
    public bool Contains(ChunkId id)
    {
        Catalog.Catalog catalog = _catalog.Current;
        try
        {
            return catalog.Contains(id, out ChunkLocation first) && Counts(id, first);
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            _catalog.Replace(catalog, e);
            return false;                              // at worst it is stored twice
        }
    }

    /// <summary>Whether just these chunks can be looked up; see <see cref="Catalog.Catalog.Indexes"/>.</summary>
    public bool Indexes(ReadOnlySpan<long> prefixes)
    {
        Catalog.Catalog catalog = _catalog.Current;
        try
        {
            return catalog.Indexes(prefixes);
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            _catalog.Replace(catalog, e);
            throw;
        }
    }

    /// <summary>Every place where a chunk lies, for when the first is damaged.</summary>
    public IReadOnlyList<ChunkLocation> FindAll(ChunkId id) => _catalog.Ask(catalog => catalog.FindAll(id), []);

    /// <summary>As the other; see <see cref="Catalog.Catalog.FindAll(ChunkId, List{ChunkLocation})"/>.</summary>
    /// <exception cref="StoreException">The catalog failed, or the one in its place is not filled yet.</exception>
    public void FindAll(ChunkId id, List<ChunkLocation> places)
    {
        _catalog.Tell(catalog => catalog.FindAll(id, places));
        Filled(places);
    }

    /// <summary>Whether a chunk is found at that place, be it not the first.</summary>
    public bool Finds(ChunkId id, ChunkLocation place) => Find(id) == place || FindAll(id).Contains(place);

    /// <summary>
    /// A block could not be read: its chunks do not count as stored, so that whoever has their bytes stores them anew.
    /// </summary>
    public void Distrust(BlockLocation block, StoreException why)
    {
        if (!_damage.TryAdd((block.Pack, block.Number), why.Message))
        {
            return;
        }

        IEnumerable<PackChunk> lost = _catalog.Ask(catalog => catalog.Blocks(block.Pack), [])
            .Where(known => known.Location.Number == block.Number).SelectMany(known => known.Chunks);
        foreach (PackChunk chunk in lost)
        {
            _distrusted[chunk.Id] = true;
        }
    }

    /// <summary>A chunk was read after all, from another place.</summary>
    public void Trust(ChunkId id) => _distrusted.TryRemove(id, out _);

    /// <summary>Adds a pack that is durable.</summary>
    public void Add(PackFooter footer)
    {
        _counting.Add(footer.Pack);
        _catalog.TellIfPossible(catalog => catalog.AddPacks([footer]));        // the pack says it as well
        if (!_distrusted.IsEmpty)
        {
            foreach (PackChunk chunk in footer.Blocks.SelectMany(block => block.Chunks))
            {
                Trust(chunk.Id);
            }
        }
    }

    /// <summary>Packs are going to be deleted: says so before they are, so that nobody looks for them.</summary>
    public void Remove(IReadOnlyCollection<PackId> gone)
    {
        _counting.Remove(gone);
        _catalog.TellIfPossible(catalog => catalog.RemovePacks(gone));
    }

    /// <summary>Drops the copy of a record that is no more.</summary>
    public void RemoveRecord(SnapshotId id) => _catalog.TellIfPossible(catalog => catalog.RemoveSnapshot(id));

    /// <summary>Drops the copies of records for good, as what tells that they were forgotten is going to be deleted.</summary>
    /// <returns>False: the catalog could not be changed, and may still have them.</returns>
    public bool TryGiveUpRecords(IReadOnlyCollection<SnapshotId> ids) =>
        _catalog.Ask(catalog => catalog.TryGiveUpSnapshots(ids), false);

    /// <summary>Brings the catalog in step with the packs, unless that was done.</summary>
    public async ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        if (_inStepWith != _catalog.Generation)
        {
            await SyncAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Brings the catalog in step with the packs now; true when anything was added.</summary>
    public async Task<bool> SyncAsync(CancellationToken cancellationToken)
    {
        await _syncing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                int generation = _catalog.Generation;
                try
                {
                    return await SyncAsync(generation, cancellationToken).ConfigureAwait(false);
                }
                catch (StoreException e) when (CatalogFault.Is(e) && generation != _catalog.Generation)
                {
                    // Another is in its place, to be filled.
                }
            }
        }
        finally
        {
            _syncing.Release();
        }
    }

    private async Task<bool> SyncAsync(int generation, CancellationToken cancellationToken)
    {
        // Condemned first: a document goes after its packs, so one that is not seen any more has none left here. What a
        // prune deletes is no loss.
        HashSet<PackId> doomed = [.. (await condemned.ListAsync(cancellationToken).ConfigureAwait(false)).SelectMany(one => one.Packs)];

        // Then what is known: what another process adds between the two looks is then no loss but one more to adopt.
        IReadOnlyList<Catalog.PackSummary> known = Summaries();
        IReadOnlySet<PackId> added = _counting.Added;
        var present = new Dictionary<PackId, long>();
        foreach (BackendObject file in await backend.ListAsync(PackName.Folder, cancellationToken).ConfigureAwait(false))
        {
            if (PackName.TryParse(file.Name, out PackId id))
            {
                present[id] = file.Length;
            }
        }

        // Said before they are dropped: else a run that is killed between the two forgets that there is a loss.
        List<PackId> gone = [.. known.Select(pack => pack.Id).Where(id => !present.ContainsKey(id))];
        MayLackChunksFromNow(gone.Except(doomed).Any());
        _catalog.Tell(catalog => catalog.RemovePacks(gone));
        HashSet<PackId> cut = [.. known.Where(pack => present.TryGetValue(pack.Id, out long length) && length < pack.LeastLength)
            .Select(pack => pack.Id)];

        var unknown = present.Keys.Except(known.Select(pack => pack.Id)).ToList();
        var adoption = new PackAdoption(_catalog, backend, packs, progress);
        (Unreadable, HashSet<PackId> adopted) = await adoption.RunAsync(unknown, cancellationToken).ConfigureAwait(false);
        foreach (PackId pack in unknown.Where(pack => !adopted.Contains(pack)))
        {
            present.Remove(pack);
        }

        _counting.Set(present, cut, doomed, added);
        if (present.Count + Unreadable.Count == 0 && known.Count == 0 && Records().Count == 0)
        {
            MarkChecked();
        }
        else
        {
            MayLackChunksFromNow(cut.Concat(Unreadable.Keys).Except(doomed).Any());
        }

        _inStepWith = generation;
        return adopted.Count > 0;
    }

    /// <summary>Throws the catalog away and makes it anew.</summary>
    /// <returns>False when it cannot be written where it lies; then the new one is gone with this process.</returns>
    public async Task<bool> RebuildAsync(CancellationToken cancellationToken)
    {
        _catalog.Renew();
        await SyncAsync(cancellationToken).ConfigureAwait(false);
        return _catalog.Current.IsKept;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _catalog.Dispose();
        _syncing.Dispose();
        _mending.Dispose();
    }

    private void MayLackChunksFromNow(bool isSo)
    {
        if (isSo && !MayLackChunks)
        {
            _catalog.Tell(catalog => catalog.IsChecked = false);
        }
    }

    // Where a catalog failed and nobody had to be told, an empty one is in its place: that it knows of nothing means nothing.
    private T Filled<T>(T answer)
    {
        const string Why = "The catalog failed, and the one in its place knows nothing yet.";
        return _inStepWith == _catalog.SettledGeneration
            ? answer
            : throw new StoreException(StoreFault.Io, Why, "Run the command again.", new CatalogFault(Why));
    }

    private bool Counts(ChunkId id, ChunkLocation first) =>
        (_distrusted.IsEmpty || !_distrusted.ContainsKey(id))
        && (_counting.Counts(first.Block.Pack) || FindAll(id).Any(place => _counting.Counts(place.Block.Pack)));

    // One that counts, where there is a choice: others may be cut off, or be deleted any moment.
    private ChunkLocation? Best(ChunkId id)
    {
        ChunkLocation? first = Find(id);
        if (first is null || _counting.Counts(first.Value.Block.Pack))
        {
            return first;
        }

        foreach (ChunkLocation place in FindAll(id))
        {
            if (_counting.Counts(place.Block.Pack))
            {
                return place;
            }
        }

        return first;
    }

    private ChunkLocation? Find(ChunkId id)
    {
        Catalog.Catalog catalog = _catalog.Current;
        try
        {
            return catalog.TryFind(id, out ChunkLocation place) ? place : null;
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            _catalog.Replace(catalog, e);
            return null;
        }
    }
}
