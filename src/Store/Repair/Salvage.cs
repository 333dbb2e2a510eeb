using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Repair;

/// <summary>Moves sound chunks of broken packs to new packs, those of which there is no other good copy.</summary>
/// <param name="parts">The repository.</param>
/// <param name="good">Packs that are whole: what they hold need not be moved.</param>
/// <param name="isDryRun">Whether it is only counted.</param>
internal sealed class Salvage(RepositoryParts parts, IReadOnlySet<PackId> good, bool isDryRun) : IAsyncDisposable
{
    private readonly Dictionary<PackPurpose, PackWriter> _writers = [];
    private readonly HashSet<ChunkId> _moved = [];
    private readonly List<PackFooter> _written = [];

    /// <summary>Moves what is sound in a pack; durable after <see cref="FinishAsync"/>.</summary>
    /// <returns>How many chunks.</returns>
    public async Task<int> MoveAsync(PackImage image, CancellationToken cancellationToken)
    {
        int moved = 0;
        foreach (PackBlock block in image.Sound)
        {
            List<int> wanted = [.. Enumerable.Range(0, block.Chunks.Count).Where(i => IsWanted(block.Chunks[i].Id))];
            moved += wanted.Count;
            if (wanted.Count > 0 && !isDryRun)
            {
                await AppendAsync(image, block, wanted, cancellationToken).ConfigureAwait(false);
            }
        }

        return moved;
    }

    /// <summary>
    /// Moves what a pack should have had, and has not, from where else it can be read: from a pack that was set aside
    /// before, and goes. Durable after <see cref="FinishAsync"/>.
    /// </summary>
    /// <returns>How many chunks.</returns>
    public async Task<int> RescueAsync(PackImage image, CancellationToken cancellationToken)
    {
        int moved = 0;
        foreach (ChunkId chunk in image.Bad.SelectMany(block => block.Chunks).Select(chunk => chunk.Id))
        {
            if (_moved.Contains(chunk) || IsGood(chunk)
                || await SoundPlace.FindAsync(parts, chunk, cancellationToken).ConfigureAwait(false) is not { } place)
            {
                continue;
            }

            moved++;
            _moved.Add(chunk);
            if (!isDryRun)
            {
                using RawBlock raw =
                    await parts.Packs.ReadBlockAsync(place.Block, cancellationToken).ConfigureAwait(false);
                await WriterFor(place.Block.Purpose).AppendAsync(
                    raw.Raw.Slice(place.Offset, place.Length), new[] { chunk }, new[] { place.Length }, Codec.Lz4Fast, cancellationToken).ConfigureAwait(false);
            }
        }

        return moved;
    }

    /// <summary>Makes it durable, and reads it again.</summary>
    /// <exception cref="StoreException">
    /// It did not come back as it was written; the old packs are as they were.
    /// </exception>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (PackWriter writer in _writers.Values)
        {
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (PackFooter written in _written)
        {
            byte[] bytes = await parts.Backend.TryReadAllAsync(PackName.Of(written.Pack), int.MaxValue, cancellationToken).ConfigureAwait(false) ?? [];
            var image = new PackImage(parts, written.Pack, bytes);
            await image.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!image.IsWhole)
            {
                throw new StoreException(
                    StoreFault.Io, $"Pack {written.Pack}, written just now, did not read as it was written.", "Check the disk. Nothing was set aside.");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (PackWriter writer in _writers.Values)
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsWanted(ChunkId id) => !IsGood(id) && _moved.Add(id);

    private bool IsGood(ChunkId id) => parts.Index.FindAll(id).Any(place => good.Contains(place.Block.Pack));

    private async ValueTask AppendAsync(
        PackImage image, PackBlock block, List<int> wanted, CancellationToken cancellationToken)
    {
        using RawBlock raw = await image.OpenAsync(block, cancellationToken).ConfigureAwait(false);
        using var together = new SecretBuffer(wanted.Sum(raw.ChunkLength));
        var ids = new ChunkId[wanted.Count];
        int[] lengths = new int[wanted.Count];
        int at = 0;
        for (int i = 0; i < wanted.Count; i++)
        {
            ReadOnlyMemory<byte> chunk = raw.Chunk(wanted[i]);
            chunk.CopyTo(together.Memory[at..]);
            (ids[i], lengths[i]) = (block.Chunks[wanted[i]].Id, chunk.Length);
            at += chunk.Length;
        }

        await WriterFor(block.Location.Purpose).AppendAsync(
            together.Memory, ids, lengths, Codec.Lz4Fast, cancellationToken).ConfigureAwait(false);
    }

    private PackWriter WriterFor(PackPurpose purpose)
    {
        if (!_writers.TryGetValue(purpose, out PackWriter? writer))
        {
            writer = new PackWriter(parts.Backend, parts.Key, purpose, PackWriter.DefaultTargetSize, PublishAsync);
            _writers.Add(purpose, writer);
        }

        return writer;
    }

    private async ValueTask PublishAsync(PackFooter footer, CancellationToken cancellationToken)
    {
        await parts.Parity.WriteAsync(footer.Pack, parts.Config.Parity, cancellationToken).ConfigureAwait(false);
        lock (_written)
        {
            _written.Add(footer);
        }

        parts.Index.Add(footer);
    }
}
