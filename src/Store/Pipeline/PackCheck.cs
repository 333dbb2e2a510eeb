using System.Collections.Concurrent;
using System.Security.Cryptography;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Requests;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Pipeline;

/// <summary>
/// Checks packs: that each is whole and says what the catalog says, and that its chunks are what their ids say.
/// </summary>
internal sealed class PackCheck(RepositoryParts parts, double dataShare, IProgress<VerifyProgress>? progress)
{
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentDictionary<PackId, bool> _damaged = new();
    private readonly IReadOnlyList<PackId> _all = parts.Index.Packs();
    private long _bytes;
    private volatile bool _anyLost;
    private int _packs;

    /// <summary>
    /// Chunks of which a copy lies where it should, and holds what it should as far as that was read.
    /// </summary>
    public WholeChunks Whole { get; } = new();

    /// <summary>
    /// Whether <see cref="Whole"/> has nothing of the packs that are damaged: for a repair, which reads those again,
    /// and may then find less in them than this time.
    /// </summary>
    public bool LeavesOutDamaged { get; init; }

    /// <summary>
    /// Whether just the chunks that were found can be looked up. Says yes when packs came or went meanwhile, and where
    /// one was set aside with chunks that are lost.
    /// </summary>
    public bool IsIndexed() =>
        _anyLost || parts.Index.Indexes(Whole.Sorted()) || !_all.SequenceEqual(parts.Index.Packs());

    /// <summary>What is wrong, a line each; of packs that are going to be deleted, nothing.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>The packs of which something is wrong, and which are not going to be deleted.</summary>
    public IReadOnlyCollection<PackId> Damaged => [.. _damaged.Keys];

    /// <summary>Packs in which nothing was found wrong.</summary>
    public IReadOnlyList<PackId> Sound => [.. _all.Where(pack => !_damaged.ContainsKey(pack))];

    /// <summary>
    /// Chunks that are known to be lost: where their bytes are not read, a pack that is going to be deleted does not
    /// show that they are there.
    /// </summary>
    public IReadOnlyDictionary<ChunkId, DateTimeOffset> Lost { get; init; } = new Dictionary<ChunkId, DateTimeOffset>();

    /// <summary>Bytes of plaintext that were read and hashed.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Checks all packs, side by side.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach ((PackId pack, string why) in parts.Index.Unreadable)
        {
            Report(pack, "", why);
        }

        progress?.Report(new VerifyProgress(0, _all.Count, 0));
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount),
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(_all, parallel, async (pack, token) =>
        {
            await CheckAsync(pack, token).ConfigureAwait(false);
            progress?.Report(new VerifyProgress(Interlocked.Increment(ref _packs), _all.Count, Bytes));
        }).ConfigureAwait(false);
    }

    private async ValueTask CheckAsync(PackId pack, CancellationToken cancellationToken)
    {
        IReadOnlyList<PackBlock> known = parts.Index.Blocks(pack);
        try
        {
            PackFooter footer = await parts.Packs.ReadFooterAsync(pack, cancellationToken).ConfigureAwait(false);
            if (!footer.HasBlocks(known))
            {
                _problems.Enqueue($"pack {pack}: the catalog says something else than its footer; `jstore catalog rebuild` mends that");
                known = footer.Blocks;
            }
        }
        catch (StoreException e) when (e.IsDamage || e.Fault is StoreFault.NewerFormat)
        {
            Report(pack, "", e.Message);
        }

        var whole = new List<ChunkId>();

        long length =
            await parts.Backend.TryGetLengthAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false) ?? 0;
        foreach (PackBlock block in known)
        {
            if (block.Location.Offset + PackFooter.FramePrefix + block.Location.SealedLength > length)
            {
                // Cut off: said of the pack already.
                continue;
            }

            if (dataShare >= 1
                || (dataShare > 0 && RandomNumberGenerator.GetInt32(int.MaxValue) < dataShare * int.MaxValue))
            {
                await CheckAsync(block, whole, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                IEnumerable<ChunkId> chunks = block.Chunks.Select(chunk => chunk.Id);
                if (Lost.Count > 0 && parts.Index.Condemned.Contains(pack))
                {
                    _anyLost = true;
                    chunks = chunks.Where(chunk => !Lost.ContainsKey(chunk));
                }

                whole.AddRange(chunks);
            }
        }

        if (!LeavesOutDamaged || !_damaged.ContainsKey(pack))
        {
            Whole.Add(whole);
        }
    }

    private async ValueTask CheckAsync(PackBlock block, List<ChunkId> whole, CancellationToken cancellationToken)
    {
        try
        {
            using RawBlock raw =
                await parts.Packs.ReadBlockAsync(block.Location, cancellationToken).ConfigureAwait(false);
            Interlocked.Add(ref _bytes, raw.Raw.Length);
            CheckIds(block, raw, whole);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            Report(block.Location.Pack, $", block {block.Location.Number}", e.Message);
        }
    }

    private void CheckIds(PackBlock block, RawBlock raw, List<ChunkId> whole)
    {
        int count = block.Chunks.Count;
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++)
        {
            lengths[i] = block.Chunks[i].Length;
        }

        if (lengths.Sum(length => (long)length) != raw.Raw.Length)
        {
            throw new StoreException(StoreFault.Corrupt, "Its chunks are not those that the footer lists.");
        }

        var digests = new Digest[count];
        var ids = new ChunkId[count];
        Blake3.HashMany(raw.Raw.Span, lengths, digests);
        parts.Key.ChunkIdsOf(digests, ids);
        for (int i = 0; i < count; i++)
        {
            if (ids[i] == block.Chunks[i].Id)
            {
                whole.Add(ids[i]);
            }
            else
            {
                Report(
                    block.Location.Pack, $", block {block.Location.Number}",
                    $"chunk {block.Chunks[i].Id} holds other bytes");
            }
        }
    }

    private void Report(PackId pack, string where, string why)
    {
        if (parts.Index.Condemned.Contains(pack))
        {
            _anyLost = true;
            return;
        }

        _damaged.TryAdd(pack, true);
        _problems.Enqueue($"pack {pack}{where}: {why}");
    }
}
