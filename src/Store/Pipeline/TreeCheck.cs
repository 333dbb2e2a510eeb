using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Checks that snapshots' pages can be read, and that of every chunk their files need a good copy is there.
/// </summary>
/// <param name="parts">The repository.</param>
/// <param name="whole">The chunks of which a good copy is there.</param>
/// <param name="pages">Where pages are read; null: in the repository.</param>
internal sealed class TreeCheck(RepositoryParts parts, WholeChunks whole, IChunkReader? pages = null)
{
    private readonly ExtentListReader _extents = new(pages ?? parts.Pages, parts.Key.ChunkIdOf);
    private readonly TreeReader _trees = pages is null ? parts.Trees : new TreeReader(pages);
    private readonly List<DamagedPath> _damaged = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<ChunkId> _missing = [];

    /// <summary>Files that are hit, in the order of snapshots and paths.</summary>
    public IReadOnlyList<DamagedPath> Damaged => _damaged;

    /// <summary>What else is wrong, a line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Chunks that files and pages need and of which there is no good copy.</summary>
    public IReadOnlySet<ChunkId> Missing => _missing;

    /// <summary>Since when chunks are known to be lost.</summary>
    public IReadOnlyDictionary<ChunkId, DateTimeOffset> Lost { get; init; } = new Dictionary<ChunkId, DateTimeOffset>();

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
                _missing.Add(page.Id);
                DateTimeOffset? since = Lost.TryGetValue(page.Id, out DateTimeOffset time) ? time : null;
                if (since is null)
                {
                    _problems.Add($"{snapshot.Record.Name} {source.Root}: page {page.Id}: {e.Message}");
                }

                string before = end is { } path ? $"{source.Root}/{path}" : "";
                _damaged.Add(
                    new DamagedPath(snapshot.Record.Name, $"{source.Root}/{page.First}", before) { LostSince = since });
            }

            await foreach (
                Page page in _trees.PagesAsync(root, seen, OnDamagedPage, cancellationToken).ConfigureAwait(false))
            {
                if (page is LeafPage leaf)
                {
                    await CheckAsync(snapshot, source, leaf, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async ValueTask CheckAsync(
        Snapshot snapshot, SnapshotSource source, LeafPage leaf, CancellationToken cancellationToken)
    {
        foreach (Entry entry in leaf.Items)
        {
            List<ChunkId> missing = await MissingOfAsync(entry, cancellationToken).ConfigureAwait(false);
            if (missing.Count > 0)
            {
                // Known only when all that it lacks is.
                DateTimeOffset? since = missing.All(Lost.ContainsKey) ? missing.Max(chunk => Lost[chunk]) : null;
                _damaged.Add(
                    new DamagedPath(snapshot.Record.Name, $"{source.Root}/{entry.Path}") { LostSince = since });
                _missing.UnionWith(missing);
            }
        }
    }

    private async ValueTask<List<ChunkId>> MissingOfAsync(Entry entry, CancellationToken cancellationToken)
    {
        var missing = new List<ChunkId>();
        ChunkId last = default;
        try
        {
            await foreach (ChunkId chunk in _extents.ChunksAsync(entry, cancellationToken).ConfigureAwait(false))
            {
                Chunks++;
                last = chunk;
                if (!whole.Contains(chunk))
                {
                    missing.Add(chunk);
                }
            }
        }
        catch (StoreException e) when (e.IsDamage)
        {
            // The list that came last could not be read, or does not fit the file.
            if (missing.Count == 0)
            {
                missing.Add(last);
            }
        }

        return missing;
    }
}
