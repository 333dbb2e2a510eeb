using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Joins what a collector finds now with what earlier snapshots hold, all in path order.</summary>
/// <param name="parent">The same source in earlier snapshots.</param>
/// <param name="force">Read everything.</param>
/// <param name="isHere">Asked, of what seems unchanged, whether its content is still stored; null: it is.</param>
internal sealed class SourceMerge(
    ParentSource parent, bool force, Func<Entry, CancellationToken, ValueTask<bool>>? isHere)
{
    /// <summary>
    /// Batches in path order; in each, what is unchanged is carried over and what is not is to be read.
    /// </summary>
    /// <param name="found">The source now.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    /// <exception cref="StoreException">The collector broke its promise of order.</exception>
    public async IAsyncEnumerable<Batch> JoinAsync(
        IAsyncEnumerable<SourceEntry> found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new Batch();
        await foreach (BatchItem item in DecideAsync(found, cancellationToken).ConfigureAwait(false))
        {
            // A large file gets a batch of its own, so that the small ones before it are not kept waiting.
            if (item.Source is { Size: > BatchReader.SmallFile } && batch.HasWork)
            {
                yield return batch;
                batch = new Batch();
            }

            batch.Add(item);
            if (batch.IsFull)
            {
                yield return batch;
                batch = new Batch();
            }
        }

        if (batch.Items.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>Whether nothing that is listed tells of a change.</summary>
    public static bool IsUnchanged(SourceEntry now, Entry old) =>
        now is not SourceFault
        && old.Problem is null
        && now.Fingerprint.Length > 0
        && now.Fingerprint.AsSpan().SequenceEqual(old.Fingerprint)
        && now.Kind == old.Kind
        && now.Size == old.Size
        && now.ModifiedTime == old.ModifiedTime
        && now.HardLink == old.HardLink;

    private async IAsyncEnumerable<BatchItem> DecideAsync(
        IAsyncEnumerable<SourceEntry> found, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var old = new EntriesInStep(parent.Newest.EntriesAsync(cancellationToken), cancellationToken);
        await using ConfiguredAsyncDisposable disposal = old.ConfigureAwait(false);
        SourceEntry? last = null;
        var ahead = new SubtreesAhead(parent, force);
        await foreach ((SourceEntry source, Task<SubtreeListing>? begun) in
            ahead.RunAsync(found, cancellationToken).ConfigureAwait(false))
        {
            CheckOrder(last, source);
            last = source;
            Entry? before = await old.AtAsync(source.Path).ConfigureAwait(false);
            if (source is not SourceSubtree subtree)
            {
                yield return await DecideAsync(source, before, cancellationToken).ConfigureAwait(false);
            }
            else if (
                await WholeAsync(subtree, before, cancellationToken).ConfigureAwait(false) is ({ } whole, { } tree))
            {
                yield return new BatchItem { Entry = whole };
                await foreach (Entry below in tree.BelowAsync(subtree.Path, cancellationToken).ConfigureAwait(false))
                {
                    yield return new BatchItem { Entry = below };
                }
            }
            else
            {
                SubtreeListing listing = await (begun ?? SubtreeListing.TakeAsync(subtree, cancellationToken).AsTask())
                    .ConfigureAwait(false);
                yield return new BatchItem { Source = listing.Folder };
                foreach (SourceEntry below in listing.Below)
                {
                    before = await old.AtAsync(below.Path).ConfigureAwait(false);
                    yield return await DecideAsync(below, before, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static void CheckOrder(SourceEntry? last, SourceEntry next)
    {
        if (last is not null
            && (next.Path <= last.Path || (last is SourceSubtree && next.Path.Span.StartsWith(last.Path.Span))))
        {
            throw new StoreException(
                StoreFault.SourceUnreachable, $"The source listed {next.Path} after {last.Path}, out of order.");
        }

        if (next is SourceSubtree && (next.Path.Length == 0 || !next.Path.IsFolder))
        {
            throw new StoreException(
                StoreFault.SourceUnreachable, $"The source listed {next.Path} as a subtree; that is no folder's path.");
        }
    }

    private async ValueTask<BatchItem> DecideAsync(SourceEntry now, Entry? newest, CancellationToken cancellationToken)
    {
        Entry? old = newest;
        bool mayBe = !force && now is not SourceFault && now.Fingerprint.Length > 0;
        for (int older = 0; !await CarriesAsync(now, old, cancellationToken).ConfigureAwait(false); older++)
        {
            if (!mayBe || older == parent.Older.Count)
            {
                return new BatchItem { Source = now, HasLinks = now.HasLinks };
            }

            old = await parent.Older[older].FindNextAsync(now.Path, cancellationToken).ConfigureAwait(false);
        }

        return new BatchItem { Entry = old, HasLinks = now.HasLinks };
    }

    private async ValueTask<bool> CarriesAsync(SourceEntry now, Entry? old, CancellationToken cancellationToken) =>
        !force && old is not null && IsUnchanged(now, old)
        && (isHere is null || await isHere(old, cancellationToken).ConfigureAwait(false));

    /// <summary>The folder as an earlier snapshot has it with all that is below it, and which; null where none
    /// does.</summary>
    private async ValueTask<(Entry? Folder, ParentTree? Tree)> WholeAsync(
        SourceSubtree now, Entry? newest, CancellationToken cancellationToken)
    {
        foreach (ParentTree tree in parent.Trees)
        {
            Entry? old = tree == parent.Newest
                ? newest
                : await tree.FindNextAsync(now.Path, cancellationToken).ConfigureAwait(false);
            if (await IsWholeAsync(tree, now, old, cancellationToken).ConfigureAwait(false))
            {
                return (old, tree);
            }
        }

        return default;
    }

    // Known only once all below it was looked at: hence a walk of its own, before the one that carries it over.
    private async ValueTask<bool> IsWholeAsync(
        ParentTree tree, SourceSubtree now, Entry? old, CancellationToken cancellationToken)
    {
        if (force || old is null || !IsUnchanged(now, old))
        {
            return false;
        }

        try
        {
            await foreach (Entry below in tree.BelowAsync(now.Path, cancellationToken).ConfigureAwait(false))
            {
                if (below.Problem is not null
                    || (isHere is not null && !await isHere(below, cancellationToken).ConfigureAwait(false)))
                {
                    return false;
                }
            }

            return true;
        }
        catch (StoreException e) when (e.IsDamage)
        {
            return false;
        }
    }
}
