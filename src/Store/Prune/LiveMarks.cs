using System.Runtime.ExceptionServices;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Prune;

/// <summary>Marks every chunk that snapshots need, in the one place that is kept of it.</summary>
/// <remarks>
/// A page is gone through once, however many snapshots have it. Memory: the bits of <see cref="PackLife"/>, and a page
/// a level.
/// </remarks>
internal sealed class LiveMarks(RepositoryParts parts, PackTable table, IProgress<PruneProgress>? progress)
{
    private readonly ExtentListReader _extents = new(parts.Pages, parts.Key.ChunkIdOf);
    private readonly List<ChunkLocation> _places = [];
    private long _entries;

    /// <summary>What is known to be lost: no pack that was set aside is taken back for it.</summary>
    public IReadOnlySet<ChunkId> Lost { get; set; } = new HashSet<ChunkId>();

    /// <summary>Whether it is no error that a snapshot needs what is known to be lost.</summary>
    public bool GoesOnWithoutLost { get; init; }

    /// <summary>
    /// Whether something was passed over below a page that counts as gone through: a snapshot that came since may have
    /// brought it back under the very same page.
    /// </summary>
    public bool HasGaps { get; private set; }

    /// <summary>Marks all that a snapshot needs.</summary>
    /// <param name="record">The snapshot.</param>
    /// <param name="isVisible">
    /// Whether it is one that is not forgotten: then it is an error when anything is missing. What is forgotten may
    /// have been forgotten for that very reason.
    /// </param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: something that it needs is in no pack, or
    /// cannot be read.</exception>
    public async Task MarkAsync(SnapshotRecord record, bool isVisible, CancellationToken cancellationToken)
    {
        foreach (SnapshotSource source in record.Sources)
        {
            if (PathResolver.RootOf(source) is { } root)
            {
                try
                {
                    await WalkAsync(root, isVisible, cancellationToken).ConfigureAwait(false);
                }
                catch (StoreException e) when (e.IsDamage)
                {
                    throw new StoreException(
                        StoreFault.Corrupt, $"{record.Name} {source.Root}: {e.Message}", e.Hint, e);
                }
            }
        }
    }

    private async Task WalkAsync(ChunkId root, bool isVisible, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<Page> pages = parts.Trees.PagesAsync(
            root, page => MarkPage(page, isVisible), isVisible ? null : (_, _, why) => PassOver(why), cancellationToken);
        await foreach (Page page in pages.ConfigureAwait(false))
        {
            if (page is LeafPage leaf)
            {
                await MarkAsync(leaf, isVisible, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // What a later version wrote is not lost: nobody knows what it needs.
    private void PassOver(StoreException why)
    {
        HasGaps = true;
        if (!why.IsDamage)
        {
            ExceptionDispatchInfo.Throw(why);
        }
    }

    private async ValueTask MarkAsync(LeafPage leaf, bool isVisible, CancellationToken cancellationToken)
    {
        foreach (Entry entry in leaf.Items)
        {
            // Most files are one chunk: no enumerator for those.
            if (entry.Content is null)
            {
                if (entry.Digest is { } digest && entry.Size > 0)
                {
                    Mark(parts.Key.ChunkIdOf(digest), isVisible);
                }

                continue;
            }

            ChunkId last = default;
            try
            {
                await foreach (ChunkId chunk in _extents.ChunksAsync(entry, cancellationToken).ConfigureAwait(false))
                {
                    last = chunk;
                    Mark(chunk, isVisible);
                }
            }
            catch (StoreException e) when ((!isVisible || (GoesOnWithoutLost && Lost.Contains(last))) && e.IsDamage)
            {
                // What can be found of it is marked.
                HasGaps = true;
            }
        }

        _entries += leaf.Items.Length;
        progress?.Report(new PruneProgress(PruneStage.Mark, _entries, 0));
    }

    // False: the page was gone through before, or cannot be found and need not be.
    private bool MarkPage(ChunkId id, bool isVisible) =>
        Mark(id, isVisible) is { } kept && kept.Pack.TryWalk(kept.Place);

    private (PackLife Pack, ChunkLocation Place)? Mark(ChunkId id, bool isVisible)
    {
        parts.Index.FindAll(id, _places);
        PackLife? pack = table.Choose(_places, out ChunkLocation place);
        bool isLost = Lost.Contains(id);
        if (pack is not null && !(isLost && pack.IsCondemned))
        {
            pack.Mark(place, isVisible);
            return (pack, place);
        }

        HasGaps = true;
        return !isVisible || (isLost && GoesOnWithoutLost) ? null : throw ChunkFault.InNoPack(id);
    }
}
