using System.Buffers;
using System.Buffers.Binary;
using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Packs;

/// <summary>A pack that <see cref="PackWriter"/> is filling.</summary>
/// <remarks>What takes or gives back a place is called under that one's lock only; what writes, from any
/// thread.</remarks>
internal sealed class OpenPack : IAsyncDisposable
{
    private readonly PackId _id;
    private readonly PackPurpose _purpose;
    private readonly byte[] _header;
    private readonly BlockSealer _sealer;
    private readonly IBackendWriter _writer;
    private readonly List<PackBlock> _blocks = [];
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writing;
    private bool _closed;
    private long _end = PackHeader.Size;
    private long _footerLength;

    /// <param name="master">Gives the pack's key; not kept.</param>
    /// <param name="id">A new one.</param>
    /// <param name="purpose">What its chunks are.</param>
    /// <param name="writer">Where its bytes go; disposed of with this.</param>
    public OpenPack(MasterKey master, PackId id, PackPurpose purpose, IBackendWriter writer)
    {
        (_id, _purpose, _writer) = (id, purpose, writer);
        _header = PackHeader.Encode(id, purpose);
        _sealer = new BlockSealer(master, id, _header);
    }

    /// <summary>See <see cref="PackWriter.Tamper"/>.</summary>
    public Action<Memory<byte>>? Tamper { get; init; }

    /// <summary>
    /// Completes, on another thread, when the pack is closed and none of its frames is being written any more.
    /// </summary>
    public Task Written => _written.Task;

    /// <summary>Completes when the pack has its name, or never will.</summary>
    public Task Finished { get; set; } = Task.CompletedTask;

    /// <summary>A frame is missing or wrong: the pack must never get its name.</summary>
    public bool Broken { get; set; }

    /// <summary>How long the pack would be were it closed now, roughly.</summary>
    public long Length => _end + _footerLength;

    /// <summary>How many chunks it holds.</summary>
    public int Chunks { get; private set; }

    /// <summary>What it holds; complete after <see cref="Written"/>.</summary>
    public PackFooter Footer => new(_id, _purpose, _blocks);

    /// <summary>
    /// Takes the next frame's number and place. Every call is followed by one of <see cref="Leave"/>.
    /// </summary>
    public BlockLocation Reserve(int sealedLength, int rawLength, PackChunk[] chunks)
    {
        var location = new BlockLocation(_id, _purpose, _blocks.Count, _end, sealedLength, rawLength);
        _blocks.Add(new PackBlock(location, chunks));
        _end += PackFooter.FramePrefix + sealedLength;
        _footerLength += PackFooter.EntryLength(sealedLength, rawLength, chunks);
        Chunks += chunks.Length;
        _writing++;
        return location;
    }

    /// <summary>A reserved frame is written, or never will be.</summary>
    public void Leave()
    {
        _writing--;
        CompleteIfWritten();
    }

    /// <summary>Takes no more frames.</summary>
    public void Close()
    {
        _closed = true;
        CompleteIfWritten();
    }

    /// <summary>Seals a block, checks the sealed bytes and writes them to the place reserved; once a place.</summary>
    /// <param name="location">The place.</param>
    /// <param name="block">As <see cref="BlockCodec.Encode"/> made it.</param>
    /// <param name="raw">What it was made of.</param>
    /// <param name="lengths">The chunks in it.</param>
    /// <param name="cancellationToken">Stops before writing.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="StoreException"><see cref="StoreFault.Io"/>: not written, or wrong when checked.</exception>
    public async ValueTask<long> WriteFrameAsync(BlockLocation location, ReadOnlyMemory<byte> block,
        ReadOnlyMemory<byte> raw, ReadOnlyMemory<int> lengths, CancellationToken cancellationToken)
    {
        int length = PackFooter.FramePrefix + location.SealedLength;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Memory<byte> frame = buffer.AsMemory(0, length);
            BinaryPrimitives.WriteInt32LittleEndian(frame.Span, location.SealedLength);
            _sealer.Seal((uint)location.Number, block.Span, frame.Span[PackFooter.FramePrefix..]);
            Tamper?.Invoke(frame);
            if (!FrameCheck.Holds(_sealer, location, frame.Span, raw.Span, lengths.Span))
            {
                throw FrameCheck.Failed($"Frame {location.Number}", _id);
            }

            await _writer.WriteAsync(location.Offset, frame, cancellationToken).ConfigureAwait(false);
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes what stands around the frames: header, footer (checked like a frame) and trailer.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="StoreException">As <see cref="WriteFrameAsync"/>.</exception>
    public async ValueTask<long> WriteEndsAsync(PackFooter footer, CancellationToken cancellationToken)
    {
        byte[] plain = footer.Encode();
        byte[] end = new byte[plain.Length + BlockSealer.Overhead + PackFooter.TrailerSize];
        Memory<byte> sealedFooter = end.AsMemory(0, plain.Length + BlockSealer.Overhead);
        _sealer.Seal(BlockSealer.FooterNumber, plain, sealedFooter.Span);
        PackFooter.EncodeTrailer(sealedFooter.Length, footer.Blocks.Count).CopyTo(end, sealedFooter.Length);
        Tamper?.Invoke(sealedFooter);
        if (!FrameCheck.Holds(_sealer, sealedFooter.Span, footer))
        {
            throw FrameCheck.Failed("The footer", _id);
        }

        await _writer.WriteAsync(footer.FramesEnd, end, cancellationToken).ConfigureAwait(false);
        await _writer.WriteAsync(0, _header, cancellationToken).ConfigureAwait(false);
        return end.Length + _header.Length;
    }

    /// <summary>Makes the pack durable and gives it its name.</summary>
    public ValueTask CommitAsync(CancellationToken cancellationToken) => _writer.CommitAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _sealer.Dispose();
        return _writer.DisposeAsync();
    }

    private void CompleteIfWritten()
    {
        if (_closed && _writing == 0)
        {
            _written.TrySetResult();
        }
    }
}
