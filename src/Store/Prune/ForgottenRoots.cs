using JadaStore.Store.Backends;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Prune;

/// <summary>Forgotten snapshots, as far as a prune must know them: what they need, and since when.</summary>
internal sealed class ForgottenRoots(IBackend backend, MasterKey key)
{
    private readonly SealedFolder<ForgottenDocument> _documents = new(
        backend, key, "forgotten", RecordKind.Forgotten, SealingJson.Default.ForgottenDocument, document => document.Snapshot);

    /// <summary>All of them.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: one cannot be read.</exception>
    public async Task<IReadOnlyList<(Snapshot Snapshot, DateTimeOffset Time)>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ForgottenDocument> all = await _documents.ListAsync(cancellationToken).ConfigureAwait(false);
        return _documents.Problems.Count == 0
            ? [.. all.Select(document => (Open(document), document.Forgotten))]
            : throw new StoreException(StoreFault.Corrupt, _documents.Problems[0]);
    }

    /// <summary>Gives one up for good.</summary>
    public async Task RemoveAsync(SnapshotId id, CancellationToken cancellationToken) =>
        await _documents.DeleteAsync(id.ToString(), cancellationToken).ConfigureAwait(false);

    private Snapshot Open(ForgottenDocument document)
    {
        byte[] json = SealedRecord.Open(key, document.Record);
        var id = new SnapshotId(Blake3.Hash(json));
        return id.ToString() == document.Snapshot
            ? new Snapshot { Id = id, Record = SnapshotJson.Decode(json) }
            : throw StoredJson.Damaged($"forgotten/{document.Snapshot}", $"it holds the record {id}");
    }
}
