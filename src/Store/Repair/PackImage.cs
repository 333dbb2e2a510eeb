using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Repair;

/// <summary>The bytes of a damaged pack, in memory, and what in them is sound.</summary>
internal sealed class PackImage
{
    private readonly RepositoryParts _parts;
    private readonly PackReader _reader;

    /// <param name="parts">The repository.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="bytes">What its file holds, or what parity made of that.</param>
    public PackImage(RepositoryParts parts, PackId pack, byte[] bytes)
    {
        (_parts, Pack, Bytes) = (parts, pack, bytes);
        _reader = new PackReader(new LonePack(pack, bytes), parts.Key);
    }

    /// <summary>The pack.</summary>
    public PackId Pack { get; }

    /// <summary>Its bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>Whether every byte is what was written: header, each frame with its chunks, footer and
    /// trailer.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether its header was bad and was made anew.</summary>
    public bool HasNewHeader { get; private set; }

    /// <summary>Whether it begins like a pack of a later format, and nothing in it opens as one of ours.</summary>
    public bool MayBeNewer => Sound.Count == 0 && Bytes.Length >= PackHeader.Size && PackHeader.IsNewer(Bytes);

    /// <summary>What could be opened, with the ids that follow from the bytes; by number.</summary>
    public IReadOnlyList<PackBlock> Sound { get; private set; } = [];

    /// <summary>
    /// Blocks that should be there and could not be opened, with the chunks that somebody says they had.
    /// </summary>
    public IReadOnlyList<PackBlock> Bad { get; private set; } = [];

    /// <summary>How many blocks there should be, as far as anybody knows.</summary>
    public int Blocks { get; private set; }

    /// <summary>Reads all that can be read.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        PackFooter? footer = await TryReadFooterAsync(cancellationToken).ConfigureAwait(false)
            ?? await TryWithAHeaderAsync(cancellationToken).ConfigureAwait(false);
        var sound = new SortedDictionary<int, PackBlock>();
        IReadOnlyList<PackBlock> known = footer?.Blocks ?? _parts.Index.Blocks(Pack);
        bool allAsListed = true;
        foreach (PackBlock listed in known)
        {
            PackBlock? found = await TryReadAsync(listed.Location, cancellationToken).ConfigureAwait(false);
            allAsListed &= found is not null && found.Chunks.SequenceEqual(listed.Chunks);
            if (found is not null)
            {
                sound[found.Location.Number] = found;
            }
        }

        if (footer is null && Bytes.Length > 0)
        {
            // Nothing vouches for what the catalog says; the frames say themselves where they end.
            foreach (PackBlock found in (await _reader.SalvageAsync(Pack, cancellationToken).ConfigureAwait(false)).Blocks)
            {
                sound[found.Location.Number] = found;
            }
        }

        Sound = [.. sound.Values];
        Bad = [.. known.Where(block => !sound.ContainsKey(block.Location.Number))];
        Blocks = Math.Max(known.Count, sound.Count);
        IsWhole = footer is not null && allAsListed;
    }

    /// <summary>The plain bytes of a block that is <see cref="Sound"/>; to be disposed of.</summary>
    public ValueTask<RawBlock> OpenAsync(PackBlock block, CancellationToken cancellationToken) =>
        _reader.ReadBlockAsync(block.Location, cancellationToken);

    // A header says no more than the pack's id and its purpose; the footer's seal tells whether it was that one.
    private async ValueTask<PackFooter?> TryWithAHeaderAsync(CancellationToken cancellationToken)
    {
        if (Bytes.Length < PackHeader.Size)
        {
            return null;
        }

        byte[] found = Bytes[..PackHeader.Size];
        foreach (PackPurpose purpose in (PackPurpose[])[PackPurpose.Content, PackPurpose.Pages])
        {
            PackHeader.Encode(Pack, purpose).CopyTo(Bytes, 0);
            if (await TryReadFooterAsync(cancellationToken).ConfigureAwait(false) is { } footer)
            {
                HasNewHeader = true;
                return footer;
            }
        }

        found.CopyTo(Bytes, 0);
        return null;
    }

    private async ValueTask<PackFooter?> TryReadFooterAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadFooterAsync(Pack, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat)
        {
            return null;
        }
    }

    private async ValueTask<PackBlock?> TryReadAsync(BlockLocation location, CancellationToken cancellationToken)
    {
        try
        {
            using RawBlock raw = await _reader.ReadBlockAsync(location, cancellationToken).ConfigureAwait(false);
            var chunks = new PackChunk[raw.ChunkCount];
            for (int i = 0; i < chunks.Length; i++)
            {
                chunks[i] = new PackChunk(_parts.Key.ChunkIdOf(Blake3.Hash(raw.Chunk(i).Span)), raw.ChunkLength(i));
            }

            return new PackBlock(location, chunks);
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt)
        {
            return null;
        }
    }
}
