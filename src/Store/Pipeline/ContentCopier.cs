using System.Collections.Concurrent;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Sealing;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Pipeline;

/// <summary>Gives back a file's content, checked against its digest. Safe to use from several threads.</summary>
internal sealed class ContentCopier(MasterKey key, ChunkIndex index, PackReader packs, PageStore pages) : IDisposable
{
    // How often a chunk is looked for anew because its pack has vanished: two prunes do not end within one read.
    private const int MostMoves = 2;

    private readonly ConcurrentBag<BlockWindow> _windows = [];
    private readonly ExtentListReader _extents = new(pages, key.ChunkIdOf);

    /// <summary>Writes the whole content.</summary>
    /// <param name="entry">A file that was captured.</param>
    /// <param name="writer">Takes bytes and holes in order.</param>
    /// <param name="isFinal">
    /// Whether what was written cannot be taken back: then each chunk is checked by itself before it goes out.
    /// Otherwise
    /// the content is checked as a whole, and must not be used before this has returned.
    /// </param>
    /// <param name="cancellationToken">Stops before the next chunk.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: what is stored is not what was
    /// captured.</exception>
    public async ValueTask CopyAsync(
        Entry entry, IRestoreWriter writer, bool isFinal, CancellationToken cancellationToken)
    {
        if (entry.Digest is not { } digest)
        {
            throw new StoreException(
                StoreFault.Refused, $"{entry.Path} has no content: {entry.Problem ?? entry.Kind.ToString()}.");
        }

        if (!_windows.TryTake(out BlockWindow? window))
        {
            window = new BlockWindow(packs);
        }

        try
        {
            if (entry.Content is null)
            {
                await CopyOneAsync(entry, digest, window, writer, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await CopyManyAsync(entry, digest, window, writer, isFinal, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _windows.Add(window);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_windows.TryTake(out BlockWindow? window))
        {
            window.Dispose();
        }
    }

    private async ValueTask CopyOneAsync(
        Entry entry, Digest digest, BlockWindow window, IRestoreWriter writer, CancellationToken cancellationToken)
    {
        if (entry.Size == 0)
        {
            return;
        }

        ReadOnlyMemory<byte> bytes =
            await ReadAsync(key.ChunkIdOf(digest), isChecked: true, window, cancellationToken).ConfigureAwait(false);
        if (bytes.Length != entry.Size)
        {
            throw WrongDigest(entry);
        }

        await writer.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CopyManyAsync(
        Entry entry, Digest digest, BlockWindow window, IRestoreWriter writer, bool isFinal, CancellationToken cancellationToken)
    {
        var hasher = new Blake3Hasher();
        await foreach (Extent extent in _extents.ReadAsync(entry, cancellationToken).ConfigureAwait(false))
        {
            if (extent.IsHole)
            {
                // First, since a hole may be longer than the target can hold, and than anybody can wait for its hash.
                await writer.SkipAsync(extent.Length, cancellationToken).ConfigureAwait(false);
                Zeros.Hash(hasher, extent.Length, cancellationToken);
                continue;
            }

            ReadOnlyMemory<byte> bytes =
                await ReadAsync(extent.Id, isFinal, window, cancellationToken).ConfigureAwait(false);
            if (bytes.Length != extent.Length)
            {
                throw WrongDigest(entry);
            }

            hasher.Update(bytes.Span);
            await writer.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        if (hasher.Finish() != digest)
        {
            throw WrongDigest(entry);
        }
    }

    /// <summary>Whether the catalog was wrong and is right now: what failed may be tried again.</summary>
    public ValueTask<bool> MendAsync(CancellationToken cancellationToken) => index.MendAsync(cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        ChunkId id, bool isChecked, BlockWindow window, CancellationToken cancellationToken)
    {
        for (int moves = 0; moves < MostMoves; moves++)
        {
            ChunkLocation place = await index.LocateAsync(id, cancellationToken).ConfigureAwait(false);
            try
            {
                return await ReadOnceAsync(id, isChecked, window, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.IsDamage)
            {
                if (!await index.HasVanishedAsync(place.Block.Pack, cancellationToken).ConfigureAwait(false))
                {
                    break;
                }
            }
        }

        try
        {
            return await ReadOnceAsync(id, isChecked, window, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            if (!await MendAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }

            return await ReadOnceAsync(id, isChecked, window, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> ReadOnceAsync(
        ChunkId id, bool isChecked, BlockWindow window, CancellationToken cancellationToken)
    {
        ChunkLocation place = await index.LocateAsync(id, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> block;
        try
        {
            block = await window.GetAsync(place.Block, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage)
        {
            // It may have been stored again since; the digest of the whole content says whether that one is right.
            ChunkLocation damaged = place;
            List<ChunkLocation> others = [.. index.FindAll(id).Where(other => other.Block != damaged.Block)];
            if (others.Count == 0)
            {
                throw;
            }

            place = others[^1];
            block = await window.GetAsync(place.Block, cancellationToken).ConfigureAwait(false);
        }

        if (place.Offset + (long)place.Length > block.Length)
        {
            throw ChunkFault.NotWhatItWas(id, place);
        }

        ReadOnlyMemory<byte> bytes = block.Slice(place.Offset, place.Length);
        return !isChecked || key.ChunkIdOf(Blake3.Hash(bytes.Span)) == id
            ? bytes
            : throw ChunkFault.NotWhatItWas(id, place);
    }

    private static StoreException WrongDigest(Entry entry) => new(
        StoreFault.Corrupt,
        $"The stored content of {entry.Path} does not have the digest {entry.Digest} that was recorded.",
        DamageHint.Data);
}
