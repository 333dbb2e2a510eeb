using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Prune;

/// <summary>
/// Copies what is needed of packs into new ones, each chunk checked before it is written and read back after.
/// </summary>
/// <remarks>
/// The old packs are left as they are. Cut short, the new ones lie about as second places, which the next prune
/// prefers. Memory: one block that is read and one that is filled, and the lists of the packs that are being written; a
/// pack is read back as soon as it is there, and of its list only what <see cref="PackLife"/> has is kept.
/// </remarks>
internal sealed class PackRewriter(RepositoryParts parts, PackTable table, IProgress<PruneProgress>? progress)
{
    // As the sinks of a snapshot form them.
    private const int BlockSize = ContentSink.BlockSize, MostChunks = 512;

    private readonly ConcurrentQueue<PackLife> _written = new();
    private long _copied;
    private long _total;
    private int _order;

    /// <summary>Copies, proves the copies, and says that the old packs are no longer needed.</summary>
    /// <param name="packs">With everything marked.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: a chunk is not what its id says.</exception>
    public async Task<PackTally> RunAsync(IReadOnlyList<PackLife> packs, CancellationToken cancellationToken)
    {
        _total = packs.Sum(pack => pack.LiveBytes);
        _order = table.All.Max(pack => pack.Order);
        foreach (IGrouping<PackPurpose, PackLife> group in packs.GroupBy(pack => pack.Purpose))
        {
            await CopyAsync(group.Key, group, cancellationToken).ConfigureAwait(false);
        }

        var tally = default(PackTally);
        long proven = 0;
        foreach (PackLife life in _written)
        {
            table.Add(life);
            proven += life.LiveBytes;
            tally = tally.With(life.Length);
        }

        if (proven != _total)
        {
            throw new StoreException(
                StoreFault.Io, $"Of {_total} bytes that are needed {proven} lie in the new packs.",
                "Nothing that they come from is removed; run the command again.");
        }

        // Only now: until all copies are proven, the old places are the ones that count.
        foreach (PackLife pack in packs)
        {
            pack.MoveOut();
        }

        return tally;
    }

    private async Task CopyAsync(PackPurpose purpose, IEnumerable<PackLife> packs, CancellationToken cancellationToken)
    {
        var writer = new PackWriter(parts.Backend, parts.Key, purpose, PackWriter.DefaultTargetSize, async (footer, token) =>
        {
            await parts.Parity.WriteAsync(footer.Pack, parts.Config.Parity, token).ConfigureAwait(false);
            parts.Index.Add(footer);
            _written.Enqueue(await ReadBackAsync(footer, token).ConfigureAwait(false));
        });
        await using ConfiguredAsyncDisposable disposal = writer.ConfigureAwait(false);
        var block = new Filling(new ArrayBufferWriter<byte>(2 * BlockSize), [], []);
        foreach (PackLife pack in packs.OrderBy(pack => pack.Order))
        {
            // The pack's own word: the catalog may have failed since the look at all packs, and then knows of nothing.
            PackFooter footer = await parts.Packs.ReadFooterAsync(pack.Id, cancellationToken).ConfigureAwait(false);
            foreach (PackBlock source in footer.Blocks)
            {
                await CopyAsync(pack, source, block, writer, cancellationToken).ConfigureAwait(false);
            }
        }

        await AppendAsync(block, writer, cancellationToken).ConfigureAwait(false);
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(
        PackLife pack, PackBlock source, Filling block, PackWriter writer, CancellationToken cancellationToken)
    {
        List<(PackChunk Chunk, ChunkLocation Place)> live =
            [.. source.Locate().Where(one => pack.IsLive(one.Location))];
        if (live.Count == 0)
        {
            return;
        }

        using RawBlock raw = await parts.Packs.ReadBlockAsync(source.Location, cancellationToken).ConfigureAwait(false);
        foreach ((PackChunk chunk, ChunkLocation place) in live)
        {
            block.Add(chunk, Checked(raw, chunk, place).Span);
            block.WasHigh |= raw.Codec == Codec.Lz4High;
            if (block.Raw.WrittenCount >= BlockSize || block.Ids.Count == MostChunks)
            {
                await AppendAsync(block, writer, cancellationToken).ConfigureAwait(false);
            }

            _copied += chunk.Length;
        }

        progress?.Report(new PruneProgress(PruneStage.Rewrite, _copied, _total));
    }

    private static async Task AppendAsync(Filling block, PackWriter writer, CancellationToken cancellationToken)
    {
        if (block.Ids.Count > 0)
        {
            // What did not compress before is tried in passing; the care that some of it took is not lost.
            Codec codec = block.WasHigh ? Codec.Lz4High : Codec.Lz4Fast;
            await writer.AppendAsync(
                block.Raw.WrittenMemory, block.Ids.ToArray(), block.Lengths.ToArray(), codec, cancellationToken)
                    .ConfigureAwait(false);
            block.Clear();
        }
    }

    private ReadOnlyMemory<byte> Checked(RawBlock raw, PackChunk chunk, ChunkLocation place)
    {
        if (place.Offset + (long)place.Length > raw.Raw.Length)
        {
            throw ChunkFault.NotWhatItWas(chunk.Id, place);
        }

        ReadOnlyMemory<byte> bytes = raw.Raw.Slice(place.Offset, place.Length);
        return parts.Key.ChunkIdOf(Blake3.Hash(bytes.Span)) == chunk.Id
            ? bytes
            : throw ChunkFault.NotWhatItWas(chunk.Id, place);
    }

    private async Task<PackLife> ReadBackAsync(PackFooter meant, CancellationToken cancellationToken)
    {
        PackFooter footer = await parts.Packs.ReadFooterAsync(meant.Pack, cancellationToken).ConfigureAwait(false);
        if (!footer.SaysTheSameAs(meant))
        {
            throw PackFooter.Corrupt(meant.Pack);
        }

        long length = await parts.Backend.TryGetLengthAsync(PackName.Of(meant.Pack), cancellationToken)
            .ConfigureAwait(false) ?? 0;
        var life = new PackLife(footer, length, Interlocked.Increment(ref _order), isCondemned: false);
        foreach (PackBlock block in footer.Blocks)
        {
            using RawBlock raw =
                await parts.Packs.ReadBlockAsync(block.Location, cancellationToken).ConfigureAwait(false);
            foreach ((PackChunk chunk, ChunkLocation place) in block.Locate())
            {
                Checked(raw, chunk, place);
                life.Mark(place, isVisible: true);
                life.Check(place);
            }
        }

        return life;
    }

    /// <summary>A block that is being filled.</summary>
    private sealed record Filling(ArrayBufferWriter<byte> Raw, List<ChunkId> Ids, List<int> Lengths)
    {
        public bool WasHigh { get; set; }

        public void Add(PackChunk chunk, ReadOnlySpan<byte> bytes)
        {
            Raw.Write(bytes);
            Ids.Add(chunk.Id);
            Lengths.Add(chunk.Length);
        }

        public void Clear()
        {
            WasHigh = false;
            Raw.ResetWrittenCount();
            Ids.Clear();
            Lengths.Clear();
        }
    }
}
