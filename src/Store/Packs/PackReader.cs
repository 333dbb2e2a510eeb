using System.Buffers;
using System.Buffers.Binary;
using JadaStore.Store.Backends;
using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Packs;

/// <summary>Packs → footers and blocks, every byte of them checked.</summary>
/// <param name="backend">Where the packs lie.</param>
/// <param name="master">Gives every pack its key.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class PackReader(IBackend backend, MasterKey master)
{
    private const string Hint = "The pack changed after it was written. " + DamageHint.Data;

    /// <summary>
    /// What is in a pack, as its footer says; its header, its length and its end are checked with it.
    /// </summary>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Corrupt"/>: it is missing, cut short, changed, or another pack under its name;
    /// <see cref="StoreFault.NewerFormat"/>; <see cref="StoreFault.Io"/>.
    /// </exception>
    public async ValueTask<PackFooter> ReadFooterAsync(PackId pack, CancellationToken cancellationToken)
    {
        string name = PackName.Of(pack);
        long length = await LengthOfAsync(pack, cancellationToken).ConfigureAwait(false);
        if (length < PackHeader.Size + PackFooter.TrailerSize)
        {
            throw PackFooter.Corrupt(pack);
        }

        byte[] header = new byte[PackHeader.Size];
        await backend.ReadAsync(name, 0, header, cancellationToken).ConfigureAwait(false);
        PackPurpose purpose = PackHeader.Decode(header, pack);
        byte[] trailer = new byte[PackFooter.TrailerSize];
        await backend.ReadAsync(name, length - trailer.Length, trailer, cancellationToken).ConfigureAwait(false);
        (int footerLength, uint blockCount) = PackFooter.DecodeTrailer(pack, trailer, length);
        byte[] sealedFooter = new byte[footerLength];
        long footerAt = length - trailer.Length - footerLength;
        await backend.ReadAsync(name, footerAt, sealedFooter, cancellationToken).ConfigureAwait(false);

        byte[] plain = new byte[footerLength - BlockSealer.Overhead];
        using var sealer = new BlockSealer(master, pack, header);
        sealer.Open(BlockSealer.FooterNumber, sealedFooter, plain);
        PackFooter footer = PackFooter.Decode(pack, purpose, plain);
        return footer.FramesEnd == footerAt && footer.Blocks.Count == blockCount
            ? footer
            : throw PackFooter.Corrupt(pack);
    }

    /// <summary>As <see cref="ReadFooterAsync"/>; null when it cannot be read because it is damaged.</summary>
    public async ValueTask<PackFooter?> TryReadFooterAsync(PackId pack, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadFooterAsync(pack, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsDamage || e.Fault is StoreFault.NewerFormat)
        {
            return null;
        }
    }

    /// <summary>Reads, opens and decodes one block.</summary>
    /// <param name="location">From a footer or a catalog; whatever it says wrongly comes out as damage.</param>
    /// <param name="cancellationToken">Stops before reading.</param>
    /// <returns>The chunks, in rented memory: to be disposed of. Their ids are not checked.</returns>
    /// <exception cref="StoreException">As <see cref="ReadFooterAsync"/>.</exception>
    public async ValueTask<RawBlock> ReadBlockAsync(BlockLocation location, CancellationToken cancellationToken)
    {
        if (location.Number < 0 || location.Offset < PackHeader.Size
            || location.SealedLength is < PackFooter.MinSealed or > PackFooter.MaxSealed)
        {
            throw Damaged(location);
        }

        int length = PackFooter.FramePrefix + location.SealedLength;
        byte[] frame = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await backend.ReadAsync(
                PackName.Of(location.Pack), location.Offset, frame.AsMemory(0, length), cancellationToken)
                .ConfigureAwait(false);
            using var sealer =
                new BlockSealer(master, location.Pack, PackHeader.Encode(location.Pack, location.Purpose));
            RawBlock block = Open(sealer, location, frame.AsSpan(0, length));
            if (block.Raw.Length != location.RawLength)
            {
                block.Dispose();
                throw Damaged(location);
            }

            return block;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }
    }

    /// <summary>What can be read of a pack whose footer, or part of whose frames, is lost.</summary>
    /// <remarks>
    /// Goes from frame to frame by their lengths, as far as those can be followed, and lists the frames that open, with
    /// the
    /// ids that follow from their bytes. Reads the whole pack, a frame at a time. Needs neither header nor footer.
    /// </remarks>
    /// <returns>The blocks that are whole; maybe none. Their numbers may have gaps.</returns>
    /// <exception cref="StoreException">
    /// <see cref="StoreFault.Corrupt"/>: there is no such pack; <see cref="StoreFault.Io"/>.
    /// </exception>
    public async ValueTask<PackFooter> SalvageAsync(PackId pack, CancellationToken cancellationToken)
    {
        using var asContent = new BlockSealer(master, pack, PackHeader.Encode(pack, PackPurpose.Content));
        using var asPages = new BlockSealer(master, pack, PackHeader.Encode(pack, PackPurpose.Pages));
        var blocks = new List<PackBlock>();
        long length = await LengthOfAsync(pack, cancellationToken).ConfigureAwait(false);
        long offset = PackHeader.Size;
        byte[] prefix = new byte[PackFooter.FramePrefix];
        for (int number = 0; offset + prefix.Length + PackFooter.MinSealed <= length; number++)
        {
            await backend.ReadAsync(PackName.Of(pack), offset, prefix, cancellationToken).ConfigureAwait(false);
            uint sealedLength = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
            if (sealedLength is < PackFooter.MinSealed or > PackFooter.MaxSealed
                || offset + prefix.Length + sealedLength > length)
            {
                break;
            }

            byte[] frame = new byte[prefix.Length + (int)sealedLength];
            await backend.ReadAsync(PackName.Of(pack), offset, frame, cancellationToken).ConfigureAwait(false);
            var location = new BlockLocation(pack, PackPurpose.Content, number, offset, (int)sealedLength, 0);
            if ((TrySalvage(asContent, location, frame)
                ?? TrySalvage(asPages, location with { Purpose = PackPurpose.Pages }, frame)) is { } block)
            {
                blocks.Add(block);
            }

            offset += frame.Length;
        }

        PackPurpose purpose = blocks.Count > 0 ? blocks[0].Location.Purpose : PackPurpose.Content;
        return new PackFooter(pack, purpose, blocks);
    }

    private static RawBlock Open(BlockSealer sealer, BlockLocation location, ReadOnlySpan<byte> frame)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame) != (uint)location.SealedLength)
        {
            throw Damaged(location);
        }

        using var block = new SecretBuffer(location.SealedLength - BlockSealer.Overhead);
        sealer.Open((uint)location.Number, frame[PackFooter.FramePrefix..], block.Span);
        return BlockCodec.Decode(block.Span);
    }

    private static StoreException Damaged(BlockLocation location) => new(StoreFault.Corrupt,
        $"There is no frame {location.Number} of {location.SealedLength} bytes at byte {location.Offset} of pack {location.Pack}.",
        Hint);

    private PackBlock? TrySalvage(BlockSealer sealer, BlockLocation location, byte[] frame)
    {
        try
        {
            using RawBlock block = Open(sealer, location, frame);
            var chunks = new PackChunk[block.ChunkCount];
            for (int i = 0; i < chunks.Length; i++)
            {
                chunks[i] = new PackChunk(master.ChunkIdOf(Blake3.Hash(block.Chunk(i).Span)), block.ChunkLength(i));
            }

            return new PackBlock(location with { RawLength = block.Raw.Length }, chunks);
        }
        catch (StoreException e) when (e.Fault == StoreFault.Corrupt)
        {
            return null;
        }
    }

    private async ValueTask<long> LengthOfAsync(PackId pack, CancellationToken cancellationToken) =>
        await backend.TryGetLengthAsync(PackName.Of(pack), cancellationToken).ConfigureAwait(false)
        ?? throw new StoreException(StoreFault.Corrupt, $"Pack {pack} is missing.",
            "Something other than jstore removed it. " + DamageHint.Structure);
}
