using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>The documents in <c>pins/</c>: snapshots that never go.</summary>
/// <remarks>A pin that is damaged still pins: its name tells of which snapshot it is.</remarks>
internal sealed class Pins(IBackend backend, MasterKey key)
{
    /// <summary>The folder's name.</summary>
    public const string Folder = "pins";

    private readonly SealedFolder<PinDocument> _documents = new(
        backend, key, Folder, RecordKind.Pin, SealingJson.Default.PinDocument, document => document.Snapshot);

    /// <summary>What was found unreadable at the last look, a line each.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>All pins, also those of snapshots that are not there.</summary>
    public async Task<IReadOnlyDictionary<SnapshotId, SnapshotPin>> ListAsync(CancellationToken cancellationToken)
    {
        var pins = new Dictionary<SnapshotId, SnapshotPin>();
        var problems = new List<string>();
        foreach (BackendObject file in await backend.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            string name = file.Name[(Folder.Length + 1)..];
            if (!Digest.TryParse(name, out Digest digest))
            {
                continue;
            }

            var id = new SnapshotId(digest);
            try
            {
                // Null: another process removed it since.
                if (await _documents.TryReadAsync(name, cancellationToken).ConfigureAwait(false) is { } document)
                {
                    pins[id] = new SnapshotPin(id, document.Pinned, document.Reason);
                }
            }
            catch (StoreException e) when (e.IsDamage)
            {
                problems.Add($"{file.Name}: {e.Message}");
                pins[id] = new SnapshotPin(id, null, "its pin is damaged");
            }
        }

        Problems = problems;
        return pins;
    }

    /// <summary>Pins a snapshot; when this returns, that is durable. One that is pinned stays so, with its
    /// reason.</summary>
    /// <returns>False when it was pinned already.</returns>
    public Task<bool> AddAsync(SnapshotId id, DateTimeOffset now, string reason, CancellationToken cancellationToken) =>
        _documents.TryWriteAsync(new PinDocument(StoredJson.Version, id.ToString(), now, reason), cancellationToken);

    /// <summary>Removes a pin.</summary>
    /// <returns>False when there was none.</returns>
    public ValueTask<bool> RemoveAsync(SnapshotId id, CancellationToken cancellationToken) =>
        _documents.DeleteAsync(id.ToString(), cancellationToken);
}
