using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Repair;

/// <summary>Finds what snapshots need and nobody has any more, and notes it in <c>lost/</c>.</summary>
internal sealed class Losses(RepositoryParts parts, RepairLog log)
{
    /// <summary>Looks through all snapshots.</summary>
    /// <param name="snapshots">All of them.</param>
    /// <param name="whole">Chunks of which a good copy is there.</param>
    /// <param name="pages">Where pages are read.</param>
    /// <param name="cancellationToken">Stops the search; nothing is noted then.</param>
    /// <returns>The files that are hit.</returns>
    public async Task<IReadOnlyList<DamagedPath>> FindAsync(
        IReadOnlyList<Snapshot> snapshots, WholeChunks whole, IChunkReader pages, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<ChunkId, DateTimeOffset> known =
            await parts.Lost.ListAsync(cancellationToken).ConfigureAwait(false);
        var trees = new TreeCheck(parts, whole, pages) { Lost = known };
        var shared = new HashSet<ChunkId>();
        foreach (Snapshot snapshot in snapshots)
        {
            await trees.RunAsync(snapshot, shared, cancellationToken).ConfigureAwait(false);
        }

        if (trees.Damaged.Count > 0)
        {
            trees = new TreeCheck(parts, whole, pages) { Lost = known };
            foreach (Snapshot snapshot in snapshots)
            {
                await trees.RunAsync(snapshot, [], cancellationToken).ConfigureAwait(false);
            }
        }

        int isNew = trees.Missing.Count(chunk => !known.ContainsKey(chunk)),
        isBack = known.Keys.Count(chunk => !trees.Missing.Contains(chunk));
        if (isNew > 0)
        {
            log.AddDone($"{isNew} chunks that snapshots need are in no pack: noted as lost");
        }

        if (isBack > 0)
        {
            log.AddDone($"{isBack} chunks that were lost are back, or needed no more");
        }

        if (!log.IsDryRun)
        {
            await NoteAsync(trees.Missing, snapshots.Count, cancellationToken).ConfigureAwait(false);
        }

        return trees.Damaged;
    }

    private async Task NoteAsync(IReadOnlySet<ChunkId> missing, int snapshots, CancellationToken cancellationToken)
    {
        // A snapshot that was being taken meanwhile may have built on what is damaged.
        using FolderLock commit =
            await parts.Locks.CommitAsync("jstore repair", cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Snapshot> now = await parts.Records.ListAsync(cancellationToken).ConfigureAwait(false);
        bool allSeen = now.Count <= snapshots && parts.Locks.Sessions().Count == 0;
        await parts.Lost.SetAsync(missing, parts.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (missing.Count == 0 && log.Left.Count == 0 && allSeen)
        {
            parts.Index.MarkChecked();
        }
        else
        {
            // The next snapshot looks for the chunks of what did not change too, and stores again what is lost.
            parts.Index.MarkUnchecked();
        }
    }
}
