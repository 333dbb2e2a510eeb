using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// The documents in <c>forgotten/</c>: snapshots that are no longer listed and can still be brought back, each with the
/// bytes of its record.
/// </summary>
/// <remarks>Where a snapshot's own record is there as well, the document says nothing: a run that forgot it, or brought
/// it back, ended between the two.</remarks>
internal sealed class ForgottenSnapshots(IBackend backend, MasterKey key)
{
    /// <summary>The folder's name.</summary>
    public const string Folder = "forgotten";

    private readonly SealedFolder<ForgottenDocument> _documents = new(
        backend, key, Folder, RecordKind.Forgotten, SealingJson.Default.ForgottenDocument, document => document.Snapshot);

    /// <summary>What was found unreadable at the last look, a line each.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>All that can be read, in the order of their times, with those whose record is there as well.</summary>
    public async Task<IReadOnlyList<ForgottenSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        var forgotten = new List<ForgottenSnapshot>();
        IReadOnlyList<ForgottenDocument> documents =
            await _documents.ListAsync(cancellationToken).ConfigureAwait(false);
        var problems = new List<string>(_documents.Problems);
        foreach (ForgottenDocument document in documents)
        {
            try
            {
                forgotten.Add(new ForgottenSnapshot(Open(document), document.Forgotten, document.Reason));
            }
            catch (StoreException e) when (e.IsDamage)
            {
                problems.Add($"{Folder}/{document.Snapshot}: {e.Message}");
            }
        }

        Problems = problems;
        return [.. forgotten.OrderBy(one => one.Snapshot.Record.Time).ThenBy(
            one => one.Snapshot.Id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The bytes of a forgotten snapshot's record, checked.</summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Corrupt"/>: they are damaged, or there are none.
    /// </exception>
    public async Task<byte[]> ReadFileAsync(SnapshotId id, CancellationToken cancellationToken)
    {
        ForgottenDocument document =
            await _documents.TryReadAsync(id.ToString(), cancellationToken).ConfigureAwait(false)
            ?? throw new StoreException(
                StoreFault.Corrupt, $"{Folder}/{id} is gone.", "`jstore undelete` shows what can be brought back.");
        Open(document);
        return document.Record;
    }

    /// <summary>Writes a document in place of one that may be there; when this returns, it is durable and was read
    /// back.</summary>
    /// <param name="snapshot">Which.</param>
    /// <param name="file">The bytes of its record.</param>
    /// <param name="now">When.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    public async Task WriteAsync(
        Snapshot snapshot, byte[] file, DateTimeOffset now, string reason, CancellationToken cancellationToken)
    {
        // One of an earlier run that was cut short bears an older time, from which it would be too late too soon. Its
        // snapshot's record is there, and so it is not needed; that this stays there is seen to first.
        string name = snapshot.Id.ToString();
        await backend.KeepAsync([$"{SnapshotRecords.Folder}/{name}"], cancellationToken).ConfigureAwait(false);
        await _documents.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        var document = new ForgottenDocument(StoredJson.Version, name, now, file, reason);
        bool written = await _documents.TryWriteAsync(document, cancellationToken).ConfigureAwait(false);
        if (!written
            || !(await ReadFileAsync(snapshot.Id, cancellationToken).ConfigureAwait(false)).AsSpan().SequenceEqual(
                file))
        {
            throw new StoreException(
                StoreFault.Io, $"{Folder}/{name} did not come back as it was written, so {snapshot.Record.Name} is not forgotten.");
        }
    }

    /// <summary>Deletes a document; what it was of cannot be brought back from it any more.</summary>
    /// <returns>False when there was none.</returns>
    public ValueTask<bool> DeleteAsync(SnapshotId id, CancellationToken cancellationToken) =>
        _documents.DeleteAsync(id.ToString(), cancellationToken);

    private Snapshot Open(ForgottenDocument document) => Digest.TryParse(document.Snapshot, out Digest id)
        ? SnapshotFile.Open(key, document.Record, new SnapshotId(id))
        : throw new StoreException(StoreFault.Corrupt, $"'{document.Snapshot}' is no snapshot's id.");
}
