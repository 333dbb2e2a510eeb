using System.Runtime.CompilerServices;
using JadaStore.Store.Model;

namespace JadaStore.Store.Pipeline;

/// <summary>Joins what a collector finds now with what the parent snapshot holds, both in path order.</summary>
internal static class SourceMerge
{
    /// <summary>
    /// Batches in path order; in each, what is unchanged is carried over and what is not is to be read.
    /// </summary>
    /// <param name="found">The source now.</param>
    /// <param name="parent">The same source in an earlier snapshot; empty when there is none.</param>
    /// <param name="force">Read everything.</param>
    /// <param name="isHere">Asked, of what seems unchanged, whether its content is still stored; null: it is.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    /// <exception cref="StoreException">The collector broke its promise of order.</exception>
    public static async IAsyncEnumerable<Batch> JoinAsync(
        IAsyncEnumerable<SourceEntry> found, IAsyncEnumerable<Entry> parent, bool force,
        Func<Entry, CancellationToken, ValueTask<bool>>? isHere,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<Entry> old = parent.GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposal = old.ConfigureAwait(false);
        bool hasOld = await old.MoveNextAsync().ConfigureAwait(false);
        EntryPath? last = null;
        var batch = new Batch();
        await foreach (SourceEntry source in found.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (last is { } before && source.Path <= before)
            {
                throw new StoreException(StoreFault.SourceUnreachable, $"The source listed {source.Path} after {before}, out of order.");
            }

            last = source.Path;
            while (hasOld && old.Current.Path < source.Path)
            {
                hasOld = await old.MoveNextAsync().ConfigureAwait(false);
            }

            if (!force && hasOld && old.Current.Path == source.Path && IsUnchanged(source, old.Current)
                && (isHere is null || await isHere(old.Current, cancellationToken).ConfigureAwait(false)))
            {
                batch.Carry(old.Current, source.HasLinks);
            }
            else
            {
                // A large file gets a batch of its own, so that the small ones before it are not kept waiting.
                if (source.Size > BatchReader.SmallFile && batch.HasWork)
                {
                    yield return batch;
                    batch = new Batch();
                }

                batch.Add(source);
            }

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
}
