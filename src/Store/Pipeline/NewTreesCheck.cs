using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Before a snapshot is committed: should a pack be gone that was there when it began, checks that nothing which the
/// snapshot needs went with it.
/// </summary>
/// <remarks>
/// A prune deletes nothing that a running session may need, so what this finds was done by something else: a person, or
/// a program on a file system whose locks do not hold. The record is not written then.
/// </remarks>
internal sealed class NewTreesCheck
{
    private readonly RepositoryParts _parts;
    private readonly ExtentListReader _extents;
    private HashSet<PackId> _there;

    /// <param name="parts">The repository, whose index was just brought in step.</param>
    public NewTreesCheck(RepositoryParts parts)
    {
        _parts = parts;
        _extents = new ExtentListReader(parts.Pages, parts.Key.ChunkIdOf);
        _there = [.. parts.Index.Present.Keys];
    }

    /// <summary>Checks, if there is reason to. Cheap when called again and nothing went since.</summary>
    /// <param name="sources">What is going to be committed.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Refused"/>: chunks are missing.</exception>
    public async Task RunAsync(IReadOnlyList<SnapshotSource> sources, CancellationToken cancellationToken)
    {
        var now = new HashSet<PackId>();
        foreach (BackendObject file in await _parts.Backend.ListAsync(
            PackName.Folder, cancellationToken).ConfigureAwait(false))
        {
            if (PackName.TryParse(file.Name, out PackId pack))
            {
                now.Add(pack);
            }
        }

        int gone = _there.Count(pack => !now.Contains(pack));
        if (gone > 0)
        {
            await _parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
            foreach (SnapshotSource source in sources)
            {
                await CheckAsync(source, gone, cancellationToken).ConfigureAwait(false);
            }
        }

        _there = now;
    }

    private async Task CheckAsync(SnapshotSource source, int gone, CancellationToken cancellationToken)
    {
        try
        {
            IAsyncEnumerable<Page> pages =
                _parts.Trees.PagesAsync(PathResolver.RootOf(source), [], null, cancellationToken);
            await foreach (Page page in pages.ConfigureAwait(false))
            {
                foreach (Entry entry in (page as LeafPage)?.Items ?? [])
                {
                    await CheckAsync(source, entry, gone, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (StoreException e) when (e.IsDamage)
        {
            throw Missing(source.Root, gone, e);
        }
    }

    private async Task CheckAsync(SnapshotSource source, Entry entry, int gone, CancellationToken cancellationToken)
    {
        await foreach (ChunkId chunk in _extents.ChunksAsync(entry, cancellationToken).ConfigureAwait(false))
        {
            if (!_parts.Index.IsPresent(chunk))
            {
                throw Missing($"{source.Root}/{entry.Path}", gone, null);
            }
        }
    }

    private static StoreException Missing(string what, int gone, StoreException? inner) => new(
        StoreFault.Refused,
        $"{(gone == 1 ? "A pack was" : $"{gone} packs were")} deleted while the snapshot ran, and {what} needs what was in there; nothing was committed.",
        "Take the snapshot again: it stores anew what is missing.", inner);
}
