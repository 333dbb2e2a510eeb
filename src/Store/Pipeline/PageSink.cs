using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>Stores pages and lists of extents that the repository does not have, several to a block.</summary>
/// <remarks>Safe to use from several threads. What was written waits in memory until
/// <see cref="DrainAsync"/>.</remarks>
internal sealed class PageSink(MasterKey key, KnownChunks known, PackWriter packs) : IChunkWriter
{
    // Below 85,000 bytes with its last page, so that a decoded block stays out of the large object heap.
    private const int BlockSize = 48 * 1024;

    private readonly Lock _lock = new();
    private List<(ChunkId Id, byte[] Bytes)> _waiting = [];
    private int _waitingBytes;

    /// <inheritdoc/>
    public ChunkId Write(ReadOnlySpan<byte> bytes)
    {
        ChunkId id = key.ChunkIdOf(Blake3.Hash(bytes));
        if (known.TryClaim(id))
        {
            lock (_lock)
            {
                _waiting.Add((id, bytes.ToArray()));
                _waitingBytes += bytes.Length;
            }
        }

        return id;
    }

    /// <summary>Hands what waits to the packs, a block at a time.</summary>
    /// <param name="all">False: only when it fills a block.</param>
    /// <param name="cancellationToken">Stops before the next block.</param>
    public async ValueTask DrainAsync(bool all, CancellationToken cancellationToken)
    {
        List<(ChunkId Id, byte[] Bytes)> taken;
        lock (_lock)
        {
            if (_waiting.Count == 0 || (!all && _waitingBytes < BlockSize))
            {
                return;
            }

            taken = _waiting;
            _waiting = [];
            _waitingBytes = 0;
        }

        int first = 0, size = 0;
        for (int i = 0; i < taken.Count; i++)
        {
            size += taken[i].Bytes.Length;
            if (size >= BlockSize || i == taken.Count - 1)
            {
                await AppendAsync(taken.GetRange(first, i + 1 - first), size, cancellationToken).ConfigureAwait(false);
                first = i + 1;
                size = 0;
            }
        }
    }

    private ValueTask AppendAsync(List<(ChunkId Id, byte[] Bytes)> pages, int size, CancellationToken cancellationToken)
    {
        byte[] raw = new byte[size];
        int[] lengths = new int[pages.Count];
        ChunkId[] ids = new ChunkId[pages.Count];
        int at = 0;
        for (int i = 0; i < pages.Count; i++)
        {
            (ids[i], byte[] bytes) = pages[i];
            bytes.CopyTo(raw, at);
            lengths[i] = bytes.Length;
            at += bytes.Length;
        }

        return packs.AppendAsync(raw, ids, lengths, Codec.Lz4Fast, cancellationToken);
    }
}
