using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Reads pages and lists of extents, each checked against its id; keeps the blocks that were used last.
/// </summary>
/// <remarks>Safe to use from several threads. Memory: <see cref="MaxBlocks"/> blocks of some 50 KiB.</remarks>
internal sealed class PageStore(MasterKey key, ChunkIndex index, PackReader packs) : IChunkReader
{
    private const int MaxBlocks = 256;

    // How often a page is looked for anew because its pack has vanished: two prunes do not end within one read.
    private const int MostMoves = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<(PackId, int), LinkedListNode<CachedBlock>> _blocks = [];
    private readonly LinkedList<CachedBlock> _byUse = new();

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(ChunkId id, CancellationToken cancellationToken)
    {
        for (int moves = 0; moves < MostMoves; moves++)
        {
            ChunkLocation place = await index.LocateAsync(id, cancellationToken).ConfigureAwait(false);
            try
            {
                return await ReadAsync(id, place, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.IsDamage)
            {
                if (!await index.HasVanishedAsync(place.Block.Pack, cancellationToken).ConfigureAwait(false))
                {
                    break;
                }
            }
        }

        return await ReadDamagedAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadDamagedAsync(ChunkId id, CancellationToken cancellationToken)
    {
        ChunkLocation place = await index.LocateAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ReadAsync(id, place, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            if (await index.MendAsync(cancellationToken).ConfigureAwait(false)
                && await index.LocateAsync(id, cancellationToken).ConfigureAwait(false) is var right && right != place)
            {
                return await ReadAsync(id, right, cancellationToken).ConfigureAwait(false);
            }

            index.Distrust(place.Block, e);
            if (await ReadElsewhereAsync(id, place, cancellationToken).ConfigureAwait(false) is { } bytes)
            {
                return bytes;
            }

            throw;
        }
    }

    // A page that was damaged and met again lies in a second pack.
    private async ValueTask<ReadOnlyMemory<byte>?> ReadElsewhereAsync(
        ChunkId id, ChunkLocation damaged, CancellationToken cancellationToken)
    {
        foreach (ChunkLocation place in index.FindAll(id).Where(place => place != damaged))
        {
            try
            {
                ReadOnlyMemory<byte> bytes = await ReadAsync(id, place, cancellationToken).ConfigureAwait(false);
                index.Trust(id);
                return bytes;
            }
            catch (StoreException e) when (e.IsDamage)
            {
                index.Distrust(place.Block, e);
            }
        }

        return null;
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        ChunkId id, ChunkLocation place, CancellationToken cancellationToken)
    {
        byte[] block = TryGet(place.Block) ?? await LoadAsync(place.Block, cancellationToken).ConfigureAwait(false);
        if (place.Offset + (long)place.Length > block.Length
            || key.ChunkIdOf(Blake3.Hash(block.AsSpan(place.Offset, place.Length))) != id)
        {
            throw ChunkFault.NotWhatItWas(id, place);
        }

        return block.AsMemory(place.Offset, place.Length);
    }

    private byte[]? TryGet(BlockLocation place)
    {
        lock (_lock)
        {
            if (!_blocks.TryGetValue((place.Pack, place.Number), out LinkedListNode<CachedBlock>? node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Bytes;
        }
    }

    private async ValueTask<byte[]> LoadAsync(BlockLocation place, CancellationToken cancellationToken)
    {
        byte[] bytes;
        using (RawBlock block = await packs.ReadBlockAsync(place, cancellationToken).ConfigureAwait(false))
        {
            bytes = block.Raw.ToArray();
        }

        lock (_lock)
        {
            if (!_blocks.ContainsKey((place.Pack, place.Number)))
            {
                _blocks.Add(
                    (place.Pack, place.Number), _byUse.AddFirst(new CachedBlock((place.Pack, place.Number), bytes)));
                if (_blocks.Count > MaxBlocks)
                {
                    _blocks.Remove(_byUse.Last!.Value.Key);
                    _byUse.RemoveLast();
                }
            }
        }

        return bytes;
    }

    private sealed record CachedBlock((PackId, int) Key, byte[] Bytes);
}
