using JadaStore.Store.Backends;
using JadaStore.Store.Model;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Packs;

/// <summary>A pack that <see cref="PackWriter"/> is filling; its numbers are touched under that one's lock only.</summary>
internal sealed class OpenPack
{
    private readonly List<PackBlock> _blocks = [];
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writing;
    private bool _closed;
    private long _end = PackHeader.Size;
    private long _footerLength;

    /// <param name="master">Gives the pack's key; not kept.</param>
    /// <param name="id">A new one.</param>
    /// <param name="purpose">What its chunks are.</param>
    /// <param name="writer">Where its bytes go.</param>
    public OpenPack(MasterKey master, PackId id, PackPurpose purpose, IBackendWriter writer)
    {
        Id = id;
        Purpose = purpose;
        Header = PackHeader.Encode(id, purpose);
        Sealer = new BlockSealer(master, id, Header);
        Writer = writer;
    }

    /// <summary>Its id.</summary>
    public PackId Id { get; }

    /// <summary>What its chunks are.</summary>
    public PackPurpose Purpose { get; }

    /// <summary>Its first 32 bytes.</summary>
    public byte[] Header { get; }

    /// <summary>Seals its frames.</summary>
    public BlockSealer Sealer { get; }

    /// <summary>Where its bytes go.</summary>
    public IBackendWriter Writer { get; }

    /// <summary>Completes, on another thread, when the pack is closed and none of its frames is being written any more.</summary>
    public Task Written => _written.Task;

    /// <summary>Completes when the pack has its name, or never will.</summary>
    public Task Finished { get; set; } = Task.CompletedTask;

    /// <summary>A frame is missing or wrong: the pack must never get its name.</summary>
    public bool Broken { get; set; }

    /// <summary>How long the pack would be were it closed now, roughly.</summary>
    public long Length => _end + _footerLength;

    /// <summary>What it holds; complete after <see cref="Written"/>.</summary>
    public PackFooter Footer => new(Id, Purpose, _blocks);

    /// <summary>Takes the next frame's number and place. Every call is followed by one of <see cref="Leave"/>.</summary>
    public BlockLocation Reserve(int sealedLength, int rawLength, PackChunk[] chunks)
    {
        var location = new BlockLocation(Id, Purpose, _blocks.Count, _end, sealedLength, rawLength);
        _blocks.Add(new PackBlock(location, chunks));
        _end += PackFooter.FramePrefix + sealedLength;
        _footerLength += PackFooter.EntryLength(sealedLength, rawLength, chunks);
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

    private void CompleteIfWritten()
    {
        if (_closed && _writing == 0)
        {
            _written.TrySetResult();
        }
    }
}
