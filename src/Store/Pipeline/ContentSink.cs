using System.Buffers;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>Hashes pieces of content, and stores those that the repository does not have, in blocks.</summary>
/// <remarks>Safe to use from several threads: all the work is done on the caller's.</remarks>
internal sealed class ContentSink(MasterKey key, KnownChunks known, PackWriter packs, Codec codec)
{
    /// <summary>About how many bytes of plaintext are compressed and sealed together; one chunk may be more.</summary>
    public const int BlockSize = 128 * 1024;

    // Chunks are found by their block's row of the catalog, which should fit into a few of its pages.
    private const int MostChunks = 512;

    private long _bytesAdded;

    /// <summary>Bytes of plaintext that were new, so far.</summary>
    public long BytesAdded => Interlocked.Read(ref _bytesAdded);

    /// <summary>Stores consecutive pieces of <paramref name="buffer"/>, from its start.</summary>
    /// <param name="buffer">Overwritten: what is new is moved together.</param>
    /// <param name="lengths">The pieces' lengths, each 1 byte to 1 MiB.</param>
    /// <param name="digests">Filled with each piece's plain digest.</param>
    /// <param name="ids">Filled with each piece's id.</param>
    /// <param name="cancellationToken">Stops before the next block.</param>
    /// <returns>How many bytes of it were new.</returns>
    public async ValueTask<long> StoreAsync(
        Memory<byte> buffer, ReadOnlyMemory<int> lengths, Memory<Digest> digests, Memory<ChunkId> ids, CancellationToken cancellationToken)
    {
        await known.ReadyAsync(cancellationToken).ConfigureAwait(false);
        Blake3.HashMany(buffer.Span, lengths.Span, digests.Span);
        int[] newLengths = ArrayPool<int>.Shared.Rent(lengths.Length);
        ChunkId[] newIds = ArrayPool<ChunkId>.Shared.Rent(lengths.Length);
        try
        {
            int count = KeepNew(buffer.Span, lengths.Span, digests.Span, ids.Span, newLengths, newIds);
            return await AppendBlocksAsync(
                buffer, newLengths.AsMemory(0, count), newIds.AsMemory(0, count), cancellationToken)
                    .ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(newLengths);
            ArrayPool<ChunkId>.Shared.Return(newIds);
        }
    }

    private int KeepNew(
        Span<byte> buffer, ReadOnlySpan<int> lengths, ReadOnlySpan<Digest> digests, Span<ChunkId> ids, int[] newLengths, ChunkId[] newIds)
    {
        int count = 0, from = 0, to = 0;
        key.ChunkIdsOf(digests, ids);
        for (int i = 0; i < lengths.Length; i++)
        {
            if (known.TryClaim(ids[i]))
            {
                if (to != from)
                {
                    buffer.Slice(from, lengths[i]).CopyTo(buffer[to..]);
                }

                newLengths[count] = lengths[i];
                newIds[count++] = ids[i];
                to += lengths[i];
            }

            from += lengths[i];
        }

        return count;
    }

    private async ValueTask<long> AppendBlocksAsync(
        ReadOnlyMemory<byte> raw, ReadOnlyMemory<int> lengths, ReadOnlyMemory<ChunkId> ids, CancellationToken cancellationToken)
    {
        int total = 0;
        foreach (int length in lengths.Span)
        {
            total += length;
        }

        // Blocks of even size: a short last one would compress badly.
        int target = total / Math.Max(1, (total + (BlockSize / 2)) / BlockSize);
        int first = 0, start = 0, size = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            size += lengths.Span[i];
            if (size >= target || i + 1 - first == MostChunks || i == lengths.Length - 1)
            {
                await packs.AppendAsync(
                    raw.Slice(start, size), ids[first..(i + 1)], lengths[first..(i + 1)], codec, cancellationToken)
                    .ConfigureAwait(false);
                start += size;
                first = i + 1;
                size = 0;
            }
        }

        Interlocked.Add(ref _bytesAdded, total);
        return total;
    }
}
