using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Says, of each chunk that a snapshot meets, whether it still has to be stored; and says so to one asker only.
/// </summary>
/// <remarks>
/// Ids are held only between the claim and the moment when the catalog knows the chunk's pack, so memory follows the
/// packs that are being written, not the size of the snapshot. Safe to use from several threads.
/// </remarks>
internal sealed class KnownChunks(Func<ChunkId, bool> isStored)
{
    private const int Shards = 16;

    /// <summary>Awaited now and then, where that is possible, so that what is stored is known again.</summary>
    public Func<CancellationToken, ValueTask> ReadyAsync { get; init; } = _ => ValueTask.CompletedTask;

    private readonly HashSet<ChunkId>[] _claimed = [.. Enumerable.Range(0, Shards).Select(_ => new HashSet<ChunkId>())];

    /// <summary>
    /// True: the chunk is new, and the caller must now store it. False: it is stored, or another caller stores it.
    /// </summary>
    public bool TryClaim(ChunkId id)
    {
        HashSet<ChunkId> shard = ShardOf(id);
        lock (shard)
        {
            if (!shard.Add(id))
            {
                return false;
            }
        }

        // Asked outside the lock, for it may go to disk, and after the claim: else another could claim, store and
        // forget
        // the chunk between the answer and our claim. A chunk leaves the shard only after the catalog has it.
        bool isNew = false;
        try
        {
            isNew = !isStored(id);
        }
        finally
        {
            if (!isNew)
            {
                lock (shard)
                {
                    shard.Remove(id);
                }
            }
        }

        return isNew;
    }

    /// <summary>The catalog knows the chunks of this pack now.</summary>
    public void Forget(PackFooter pack)
    {
        foreach (PackChunk chunk in pack.Blocks.SelectMany(block => block.Chunks))
        {
            HashSet<ChunkId> shard = ShardOf(chunk.Id);
            lock (shard)
            {
                shard.Remove(chunk.Id);
            }
        }
    }

    private HashSet<ChunkId> ShardOf(ChunkId id) => _claimed[id.Prefix % Shards];
}
