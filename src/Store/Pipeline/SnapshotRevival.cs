using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Before a forgotten snapshot is brought back: checks that all it needs is still there, and takes back the packs of it
/// that are condemned.
/// </summary>
internal sealed class SnapshotRevival
{
    private readonly RepositoryParts _parts;
    private readonly ExtentListReader _extents;
    private readonly HashSet<PackId> _needed = [];

    private SnapshotRevival(RepositoryParts parts)
    {
        _parts = parts;
        _extents = new ExtentListReader(parts.Pages, parts.Key.ChunkIdOf);
    }

    /// <summary>
    /// Checks and takes back. The caller holds the commit lock, and writes the record before it lets go of it.
    /// </summary>
    /// <param name="parts">The repository.</param>
    /// <param name="snapshot">What is brought back.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Refused"/>: something that it needs is gone.</exception>
    public static async Task RunAsync(RepositoryParts parts, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        var revival = new SnapshotRevival(parts);
        foreach (SnapshotSource source in snapshot.Record.Sources)
        {
            try
            {
                await revival.CheckAsync(source, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.IsDamage)
            {
                throw Missing(source.Root, e);
            }
        }

        await parts.Condemned.ReviveAsync(revival._needed, cancellationToken).ConfigureAwait(false);
        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CheckAsync(SnapshotSource source, CancellationToken cancellationToken)
    {
        await foreach (Page page in _parts.Trees.PagesAsync(
            PathResolver.RootOf(source), [], null, cancellationToken).ConfigureAwait(false))
        {
            await NeedAsync(page.Id, source.Root, cancellationToken).ConfigureAwait(false);
            foreach (Entry entry in (page as LeafPage)?.Items ?? [])
            {
                await foreach (ChunkId chunk in _extents.ChunksAsync(entry, cancellationToken).ConfigureAwait(false))
                {
                    await NeedAsync(chunk, $"{source.Root}/{entry.Path}", cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    // A condemned pack may be one that a repair set aside, so what it should hold is read before it counts again.
    private async ValueTask NeedAsync(ChunkId chunk, string what, CancellationToken cancellationToken)
    {
        if (!_parts.Index.Contains(chunk))
        {
            ChunkLocation? place = await SoundPlace.FindAsync(_parts, chunk, cancellationToken).ConfigureAwait(false);
            _needed.Add(place?.Block.Pack ?? throw Missing(what, null));
        }
    }

    private static StoreException Missing(string what, StoreException? inner) => new(
        StoreFault.Refused, $"{what} is not all there any more, so the snapshot cannot be brought back whole.",
        "`jstore prune` has deleted it, or it is damaged: `jstore verify` tells.", inner);
}
