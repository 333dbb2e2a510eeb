using JadaStore.Store.Catalog;
using JadaStore.Store.Locks;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Pipeline;

/// <summary>Checks that every snapshot can be brought back: packs, then pages, then each file's chunks.</summary>
internal sealed class Verifier(RepositoryParts parts)
{
    /// <summary>Checks structure, and of the stored bytes the share that is asked for.</summary>
    public async Task<VerifyReport> RunAsync(
        VerifyRequest request, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(request, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (CatalogFault.Is(e))
        {
            // Only the catalog, and by now another is in its place.
            return await LookAsync(request, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VerifyReport> LookAsync(
        VerifyRequest request, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.DataShare is >= 0 and <= 1, true, nameof(request));

        // While this lives no pack goes, or a prune beside it would look like a loss.
        using Session? reading =
            await SessionStart.TryBeginReadingAsync(parts, "jstore verify", cancellationToken).ConfigureAwait(false);

        // Snapshots before packs: whatever a record needs was durable before it.
        IReadOnlyList<Snapshot> snapshots =
            await parts.Records.ListFromFilesAsync(cancellationToken).ConfigureAwait(false);
        await parts.Index.SyncAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<ChunkId, DateTimeOffset> lost =
            await parts.Lost.ListAsync(cancellationToken).ConfigureAwait(false);
        var packs = new PackCheck(parts, request.DataShare, progress) { Lost = lost };
        await packs.RunAsync(cancellationToken).ConfigureAwait(false);

        var problems = new List<string>(packs.Problems.Order(StringComparer.Ordinal));
        problems.AddRange(parts.Records.Problems);
        problems.AddRange(parts.Condemned.Problems);
        problems.AddRange(parts.Lost.Problems);
        IReadOnlyList<SmallFault> small =
            await new SmallFiles(parts).FindAsync(parts.Config, cancellationToken).ConfigureAwait(false);
        int copies = small.Count(fault => fault.IsMissingCopy);
        problems.AddRange(small.Where(fault => !fault.IsMissingCopy && !fault.IsLeftOver)
            .Where(
                fault => !parts.Records.Problems.Any(known => known.StartsWith(fault.Name, StringComparison.Ordinal)))
            .Select(fault => fault.Line));
        var parity = new ParityCheck(parts);
        await parity.RunAsync(packs.Sound, isRead: request.DataShare >= 1, cancellationToken).ConfigureAwait(false);
        problems.AddRange(parity.Problems);
        if (problems.Count == 0 && !packs.IsIndexed())
        {
            problems.Add("the catalog does not find just what the packs hold; `jstore catalog rebuild` mends that");
        }

        // What snapshots share is looked at once. Only when something is wrong is each gone through by itself, to name
        // all it hits.
        var trees = new TreeCheck(parts, packs.Whole) { Lost = lost };
        var shared = new HashSet<ChunkId>();
        foreach (Snapshot snapshot in snapshots)
        {
            await trees.RunAsync(snapshot, shared, cancellationToken).ConfigureAwait(false);
        }

        long chunks = trees.Chunks;
        if (trees.Damaged.Count + trees.Problems.Count > 0)
        {
            trees = new TreeCheck(parts, packs.Whole) { Lost = lost };
            foreach (Snapshot snapshot in snapshots)
            {
                await trees.RunAsync(snapshot, [], cancellationToken).ConfigureAwait(false);
            }
        }

        problems.AddRange(trees.Problems);
        if (trees.Damaged.Count + problems.Count == 0)
        {
            parts.Index.MarkChecked();
        }

        return new VerifyReport
        {
            Chunks = chunks,
            Bytes = packs.Bytes,
            Snapshots = snapshots.Count,
            Damaged = trees.Damaged,
            Problems = problems,
            Notes = copies == 0 ? parity.Notes : [.. parity.Notes, $"{copies} small files have no second copy yet; `jstore repair` writes it."],
        };
    }
}
