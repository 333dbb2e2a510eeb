using System.Threading.Channels;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Takes one source into a tree: walk and merge → read, cut, hash, store (side by side) → tree, in path order.
/// </summary>
/// <remarks>
/// One channel of running batches joins the walker and the tree; it holds at most twice as many of them as may be
/// worked on at a time, each of about <see cref="Batch.MaxBytes"/> of content. Several sources can be written side by
/// side.
/// </remarks>
internal sealed class SourceWriter(
    BatchReader reader, PageSink pages, byte[] pageEdgeKey, BatchSlots slots, TimeProvider time,
    Func<Entry, CancellationToken, ValueTask<bool>>? isHere)
{
    private const int MaxErrors = 1000;

    /// <summary>Reads the source and writes its tree; durable once the packs are flushed.</summary>
    /// <param name="collector">The source.</param>
    /// <param name="parent">The same in earlier snapshots.</param>
    /// <param name="expected">How many entries those have; 0 when unknown.</param>
    /// <param name="force">Read everything.</param>
    /// <param name="progress">Told after each batch, and of what the collector counts while it makes none.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<SnapshotSource> WriteAsync(
        ICollector collector, ParentSource parent, long expected, bool force,
        IProgress<SnapshotProgress>? progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Channel.CreateBounded<Task<Batch>>(2 * BatchSlots.CountFor(collector));
        Task walk = WalkAsync(collector, parent, force, running.Writer, stop.Token);
        var tally = new SourceTally(collector.Root, MaxErrors);
        void Report(bool done) => progress?.Report(tally.Progress(expected, done, collector.Items));
        try
        {
            TreeSummary tree;
            var poll = new ItemsPoll(collector, progress is null ? null : () => Report(false), time);
            await using (poll.ConfigureAwait(false))
            {
                tree = await BuildAsync(running.Reader, tally, () => Report(false), stop.Token).ConfigureAwait(false);
                await walk.ConfigureAwait(false);
            }

            Report(done: true);
            return tally.ToSource(tree, collector);
        }
        catch
        {
            // Nobody may still work on a buffer or a pack when the caller gives them up; the walk ends after its
            // readers.
            await stop.CancelAsync().ConfigureAwait(false);
            await walk.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task WalkAsync(
        ICollector collector, ParentSource parent, bool force, ChannelWriter<Task<Batch>> running, CancellationToken stop)
    {
        await Task.Yield();
        SemaphoreSlim free = slots.For(collector);
        var all = new List<Task>();
        var merge = new SourceMerge(parent, force, isHere);
        try
        {
            await foreach (Batch batch in merge.JoinAsync(collector.CollectAsync(stop), stop).ConfigureAwait(false))
            {
                Task<Batch> task = Task.FromResult(batch);
                if (batch.HasWork)
                {
                    await free.WaitAsync(stop).ConfigureAwait(false);
                    task = Task.Run(() => ReadAsync(batch, collector.ReadsAtOnce, free, stop), CancellationToken.None);
                    all.RemoveAll(done => done.IsCompleted);
                    all.Add(task);
                }

                await running.WriteAsync(task, stop).ConfigureAwait(false);
            }

            running.Complete();
        }
        catch (Exception e)
        {
            running.Complete(e);
            throw;
        }
        finally
        {
            await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Batch> ReadAsync(Batch batch, int readsAtOnce, SemaphoreSlim free, CancellationToken stop)
    {
        try
        {
            await reader.ReadAsync(batch, readsAtOnce, stop).ConfigureAwait(false);
            return batch;
        }
        finally
        {
            free.Release();
        }
    }

    // An entry that is too large for any page is captured without what makes it so large, and says so.
    private static Entry Add(TreeBuilder tree, Entry entry)
    {
        try
        {
            tree.Add(entry);
            return entry;
        }
        catch (StoreException e) when (e.Fault is StoreFault.Refused && entry.Attributes.Count > 0)
        {
            Entry bare = entry with { Attributes = [], Fingerprint = [], Problem = $"its attributes were left out: {e.Message}" };
            tree.Add(bare);
            return bare;
        }
    }

    private async Task<TreeSummary> BuildAsync(
        ChannelReader<Task<Batch>> running, SourceTally tally, Action report, CancellationToken stop)
    {
        var tree = new TreeBuilder(pages, pageEdgeKey);
        var links = new HardLinkContents();
        await foreach (Task<Batch> task in running.ReadAllAsync(stop).ConfigureAwait(false))
        {
            Batch batch = await task.ConfigureAwait(false);
            foreach (BatchItem item in batch.Items)
            {
                tally.Add(Add(tree, links.Resolve(item)));
            }

            tally.BytesRead += batch.BytesRead;
            tally.BytesAdded += batch.BytesAdded;
            await pages.DrainAsync(all: false, stop).ConfigureAwait(false);
            report();
        }

        TreeSummary summary = tree.Finish();
        await pages.DrainAsync(all: true, stop).ConfigureAwait(false);
        return summary;
    }
}
