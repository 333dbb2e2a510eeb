using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Checks that snapshots' pages can be read, and that of every chunk their files need a good copy is there.
/// </summary>
internal sealed class TreeCheck(RepositoryParts parts, WholeChunks whole)
{
    private readonly ExtentListReader _extents = new(parts.Pages, parts.Key.ChunkIdOf);
    private readonly List<DamagedPath> _damaged = [];
    private readonly List<string> _problems = [];

    /// <summary>Files that are hit, in the order of snapshots and paths.</summary>
    public IReadOnlyList<DamagedPath> Damaged => _damaged;

    /// <summary>What else is wrong, a line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Chunks that were looked up.</summary>
    public long Chunks { get; private set; }

    /// <summary>Checks one snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="seen">Pages that need not be looked at again; those looked at are added.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    public async Task RunAsync(Snapshot snapshot, HashSet<ChunkId> seen, CancellationToken cancellationToken)
    {
        foreach (SnapshotSource source in snapshot.Record.Sources)
        {
            ChunkId? root = PathResolver.RootOf(source);
            void OnDamagedPage(PageLink page, EntryPath? end, StoreException e)
            {
                _problems.Add($"{snapshot.Record.Name} {source.Root}: page {page.Id}: {e.Message}");
                _damaged.Add(new DamagedPath(
                    snapshot.Record.Name, $"{source.Root}/{page.First}", end is { } path ? $"{source.Root}/{path}" : ""));
            }

            await foreach (Page page in parts.Trees.PagesAsync(root, seen, OnDamagedPage, cancellationToken).ConfigureAwait(false))
            {
                if (page is LeafPage leaf)
                {
                    await CheckAsync(snapshot, source, leaf, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async ValueTask CheckAsync(Snapshot snapshot, SnapshotSource source, LeafPage leaf, CancellationToken cancellationToken)
    {
        foreach (Entry entry in leaf.Items)
        {
            if (!await IsWholeAsync(entry, cancellationToken).ConfigureAwait(false))
            {
                _damaged.Add(new DamagedPath(snapshot.Record.Name, $"{source.Root}/{entry.Path}"));
            }
        }
    }

    private async ValueTask<bool> IsWholeAsync(Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ChunkId chunk in _extents.ChunksAsync(entry, cancellationToken).ConfigureAwait(false))
            {
                Chunks++;
                if (!whole.Contains(chunk))
                {
                    return false;
                }
            }

            return true;
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt)
        {
            return false;
        }
    }
}
