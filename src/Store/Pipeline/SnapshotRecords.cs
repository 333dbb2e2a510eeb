using System.Collections.Concurrent;
using JadaStore.Store.Backends;
using JadaStore.Store.Hashing;
using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>The sealed records in <c>snapshots/</c>: the truth of which snapshots there are.</summary>
internal sealed class SnapshotRecords(IBackend backend, MasterKey key, ChunkIndex index, RepositoryLocks locks)
{
    /// <summary>Where the records lie.</summary>
    public const string Folder = "snapshots";

    /// <summary>No record is longer, in bytes.</summary>
    public const int MaxLength = 256 << 20;

    private readonly ConcurrentDictionary<string, Snapshot> _read = new();

    /// <summary>What was found unreadable at the last look, a line each.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>All snapshots, oldest first: each after the one that was newest when it was committed.</summary>
    /// <remarks>
    /// Which there are, the folder says; what they say is taken from the catalog where it has them. One that cannot be
    /// read does not hide the others; it is named in <see cref="Problems"/>.
    /// </remarks>
    public Task<IReadOnlyList<Snapshot>> ListAsync(CancellationToken cancellationToken) =>
        ListAsync(index.Records(), readsFiles: false, cancellationToken);

    /// <summary>
    /// As <see cref="ListAsync(CancellationToken)"/>, but each file is read, whatever the catalog has.
    /// </summary>
    public async Task<IReadOnlyList<Snapshot>> ListFromFilesAsync(CancellationToken cancellationToken)
    {
        _read.Clear();
        IReadOnlyDictionary<SnapshotId, byte[]> cached = index.Records();
        IReadOnlyList<Snapshot> snapshots =
            await ListAsync(cached, readsFiles: true, cancellationToken).ConfigureAwait(false);
        Problems = [.. Problems, .. await VanishedAsync(cached, cancellationToken).ConfigureAwait(false)];
        return snapshots;
    }

    // Forgetting drops the catalog's copy before it deletes the file: where there is one and no file, it was not that.
    private async Task<List<string>> VanishedAsync(
        IReadOnlyDictionary<SnapshotId, byte[]> cached, CancellationToken cancellationToken)
    {
        var vanished = new List<string>();
        foreach ((SnapshotId id, byte[] copy) in cached)
        {
            // A copy that is not what its name says tells of a damaged catalog, and of no record.
            if (await backend.TryGetLengthAsync($"{Folder}/{id}", cancellationToken).ConfigureAwait(false) is null
                && await backend.TryGetLengthAsync($"{ForgottenSnapshots.Folder}/{id}", cancellationToken)
                    .ConfigureAwait(false) is null
                && TryOpen(copy, id) is { } known)
            {
                vanished.Add(
                    $"{Folder}/{id}, the record of {known.Record.Name}, is gone; only the catalog has a copy of it");
            }
        }

        return vanished;
    }

    private async Task<IReadOnlyList<Snapshot>> ListAsync(
        IReadOnlyDictionary<SnapshotId, byte[]> cached, bool readsFiles, CancellationToken cancellationToken)
    {
        var snapshots = new List<Snapshot>();
        var problems = new List<string>();
        foreach (BackendObject file in await backend.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                // Null: another process has forgotten it since.
                if (Digest.TryParse(file.Name.AsSpan(Folder.Length + 1), out Digest id)
                    && await TryReadAsync(file.Name, new SnapshotId(id), cached, readsFiles, cancellationToken).ConfigureAwait(false) is { } one)
                {
                    snapshots.Add(one);
                }
            }
            catch (StoreException e) when (e.IsDamage || e.Fault is StoreFault.NewerFormat)
            {
                problems.Add($"{file.Name}: {e.Message}");
                if (await TryReadCopyAsync(file.Name, cancellationToken).ConfigureAwait(false) is { } snapshot)
                {
                    problems[^1] += " Its second copy was used; `jstore repair` puts it back.";
                    snapshots.Add(snapshot);
                }
            }
        }

        Problems = problems;
        return InOrder(snapshots);
    }

    /// <summary>
    /// Writes the record that <paramref name="make"/> gives for the snapshots that there are; no other commit comes
    /// between.
    /// </summary>
    /// <param name="check">Called first under the lock; throws when nothing may be committed.</param>
    /// <param name="make">Called with all snapshots, oldest first, under the lock.</param>
    /// <param name="cancellationToken">Stops before the record is written.</param>
    public async Task<Snapshot> CommitAsync(
        Func<Task> check, Func<IReadOnlyList<Snapshot>, CancellationToken, Task<SnapshotRecord>> make,
        CancellationToken cancellationToken)
    {
        using FolderLock commit = await locks.CommitAsync("jstore snapshot", cancellationToken).ConfigureAwait(false);
        await check().ConfigureAwait(false);
        IReadOnlyList<Snapshot> earlier = await ListAsync(cancellationToken).ConfigureAwait(false);
        SnapshotRecord record = await make(earlier, cancellationToken).ConfigureAwait(false);
        SnapshotNames.Check(record.Name, earlier);
        byte[] json = SnapshotJson.Encode(record);
        var id = new SnapshotId(Blake3.Hash(json));
        byte[] file = SealedRecord.Seal(key, json);

        // What is about to be named is read back first, as everything is.
        if (!SealedRecord.Open(key, file).AsSpan().SequenceEqual(json))
        {
            throw new StoreException(
                StoreFault.Io, "The snapshot's record did not come back as it was sealed.",
                "Check this machine's memory.");
        }

        if (!await backend.TryCreateAsync($"{Folder}/{id}", file, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(
                StoreFault.Io, $"There is a snapshot record {id} already.", "Take the snapshot again.");
        }

        index.AddRecord(id, file);
        await WriteCopyAsync($"{Folder}/{id}", file).ConfigureAwait(false);
        return new Snapshot { Id = id, Record = record };
    }

    /// <summary>The bytes of a snapshot's record, checked.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: they are damaged, or there are
    /// none.</exception>
    public async Task<byte[]> ReadFileAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        byte[] file =
            await backend.TryReadAllAsync($"{Folder}/{id}", MaxLength, cancellationToken).ConfigureAwait(false)
            ?? throw new StoreException(
                StoreFault.Corrupt, $"{Folder}/{id} is gone.", "`jstore list` shows what there is.");
        SnapshotFile.Open(key, file, id);
        return file;
    }

    /// <summary>Deletes a record; when this returns, the snapshot stays gone. Under the commit lock.</summary>
    public async Task RemoveAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        // The copies first: as long as the file is there, it only has to be read again.
        index.RemoveRecord(id);
        _read.TryRemove($"{Folder}/{id}", out _);
        await backend.DeleteAsync(SecondCopy.Of($"{Folder}/{id}"), cancellationToken).ConfigureAwait(false);
        await backend.DeleteAsync($"{Folder}/{id}", cancellationToken).ConfigureAwait(false);

        // And again: another process may have read the file just before it went.
        index.RemoveRecord(id);
    }

    /// <summary>Writes a record back, of which all is there; when this returns, that is durable. Under the commit
    /// lock.</summary>
    public async Task PutBackAsync(SnapshotId id, byte[] file, CancellationToken cancellationToken)
    {
        if (!await backend.TryCreateAsync($"{Folder}/{id}", file, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(
                StoreFault.Io, $"There is a snapshot record {id} already.", "`jstore list` shows it.");
        }

        index.AddRecord(id, file);
        await WriteCopyAsync($"{Folder}/{id}", file).ConfigureAwait(false);
    }

    /// <summary>What a record's file says; null when the file is not whole.</summary>
    public Snapshot? TryOpen(byte[] file, SnapshotId id)
    {
        try
        {
            return SnapshotFile.Open(key, file, id);
        }
        catch (StoreException e) when (e.IsDamage || e.Fault is StoreFault.NewerFormat)
        {
            // A spoilt copy is no loss: the file is asked.
            return null;
        }
    }

    // After the record, which is what commits: a copy alone would bring a snapshot to light that nobody was told of.
    // And whatever happens, for the snapshot is there by now.
    private async Task WriteCopyAsync(string name, byte[] file)
    {
        try
        {
            await backend.TryCreateAsync(SecondCopy.Of(name), file, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Fault is StoreFault.Io)
        {
            Problems = [.. Problems, $"{SecondCopy.Of(name)}: {e.Message} The snapshot is whole; `jstore repair` writes its second copy."];
        }
    }

    private async Task<Snapshot?> TryReadCopyAsync(string name, CancellationToken cancellationToken)
    {
        byte[]? copy = await SmallFiles.ReadAsync(
            backend, SecondCopy.Of(name), MaxLength, cancellationToken).ConfigureAwait(false);
        return copy is not null && Digest.TryParse(name.AsSpan(Folder.Length + 1), out Digest id)
            ? TryOpen(copy, new SnapshotId(id))
            : null;
    }

    private async Task<Snapshot?> TryReadAsync(
        string name, SnapshotId id, IReadOnlyDictionary<SnapshotId, byte[]> cached, bool readsFiles,
        CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(name, out Snapshot? known))
        {
            return known;
        }

        if (!readsFiles && cached.TryGetValue(id, out byte[]? copy) && TryOpen(copy, id) is { } same)
        {
            return _read[name] = same;
        }

        if (await backend.TryReadAllAsync(name, MaxLength, cancellationToken).ConfigureAwait(false) is not { } file)
        {
            return null;
        }

        Snapshot snapshot = SnapshotFile.Open(key, file, id);
        if (!cached.ContainsKey(id))
        {
            index.AdoptRecord(id, file);
            if (await backend.TryGetLengthAsync(name, cancellationToken).ConfigureAwait(false) is null)
            {
                // It was forgotten meanwhile; a copy of it would look like the trace of one that was lost.
                index.RemoveRecord(id);
                return null;
            }
        }

        return _read[name] = snapshot;
    }

    // By time, but never before its parent: clocks differ, and a long run begins before a short one that ends first.
    private static List<Snapshot> InOrder(List<Snapshot> snapshots)
    {
        Dictionary<string, Snapshot> byId =
            snapshots.ToDictionary(snapshot => snapshot.Id.ToString(), StringComparer.Ordinal);
        var ordered = new List<Snapshot>(snapshots.Count);
        var done = new HashSet<Snapshot>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Snapshot>();
        foreach (Snapshot snapshot in snapshots.OrderBy(s => s.Record.Time).ThenBy(
            s => s.Id.ToString(), StringComparer.Ordinal))
        {
            Snapshot? next = snapshot;
            while (next is not null && !done.Contains(next))
            {
                pending.Push(next);
                next = next.Record.Parent is { } parent ? byId.GetValueOrDefault(parent) : null;
            }

            while (pending.TryPop(out Snapshot? one))
            {
                if (done.Add(one))
                {
                    ordered.Add(one);
                }
            }
        }

        return ordered;
    }
}
