using JadaStore.Store.Locks;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Prune;

/// <summary>
/// Frees what no snapshot needs, in two phases with a time between in which all of it can be taken back.
/// </summary>
/// <remarks>
/// <para>Look at every pack → mark what is needed → condemn what is not, delete what was condemned long enough ago →
/// rewrite what is mostly not needed → condemn, and maybe delete, that. What is needed is decided anew under the commit
/// lock, before anything is condemned and before each batch is deleted.</para>
/// <para>All of it can be cut off anywhere and run again.</para>
/// </remarks>
internal sealed class Pruner(RepositoryParts parts)
{
    /// <summary>Runs one prune.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: something that a snapshot needs is missing or
    /// damaged; <see cref="StoreFault.Locked"/>: another prune runs.</exception>
    public async Task<PruneReport> RunAsync(
        PruneRequest request, IProgress<PruneProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Grace, TimeSpan.Zero, nameof(request));
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.LiveShare is >= 0 and <= 1, true, nameof(request));
        using FolderLock? alone =
            request.DryRun ? null : await parts.Locks.PruneAsync(cancellationToken).ConfigureAwait(false);
        var run = new PruneRun(parts, request, progress);
        try
        {
            await run.PrepareAsync(cancellationToken).ConfigureAwait(false);
            if (!request.DryRun)
            {
                await run.CondemnAsync(cancellationToken).ConfigureAwait(false);
                await run.DeleteAsync(cancellationToken).ConfigureAwait(false);
                if (await run.RewriteAsync(cancellationToken).ConfigureAwait(false))
                {
                    await run.CondemnAsync(cancellationToken).ConfigureAwait(false);
                    await run.DeleteAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            return await run.ReportAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            string done = run.HasDeleted ? "Nothing more was removed" : "Nothing was removed";
            string hint = e.Hint.Length > 0 ? e.Hint : "`jstore verify --data` lists what is hit.";
            throw new StoreException(
                StoreFault.Corrupt, $"{done}: {e.Message}",
                $"{hint} `jstore repair` mends what can be mended; prune then, if need be with --known-losses.", e);
        }
    }
}
