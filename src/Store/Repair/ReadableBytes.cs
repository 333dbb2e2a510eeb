using JadaStore.Store.Backends;

namespace JadaStore.Store.Repair;

/// <summary>
/// What a file holds as far as the disk gives it, in memory: a sector that it cannot read counts as zeros.
/// </summary>
/// <remarks>
/// A disk that fails gives an error for a few sectors and the rest as it was. Only what it says of just these bytes is
/// taken so (<see cref="StoreFault.Unreadable"/>); whatever hits the whole of it ends the reading.
/// </remarks>
internal sealed class ReadableBytes
{
    private const int Sector = 4096;

    private readonly IBackend _backend;
    private readonly string _name;
    private readonly int _length;
    private readonly List<int> _unreadable = [];

    private ReadableBytes(IBackend backend, string name, long? length, int most)
    {
        (_backend, _name, IsThere) = (backend, name, length is not null);
        _length = (int)Math.Min(length ?? 0, most);
        Bytes = new byte[_length];
    }

    /// <summary>Whether there is such a file.</summary>
    public bool IsThere { get; }

    /// <summary>Its bytes, until <see cref="DropBytes"/>; none where there is no such file.</summary>
    public byte[] Bytes { get; private set; }

    /// <summary>Whether there are sectors that the disk could not read.</summary>
    public bool HasUnreadable => _unreadable.Count > 0;

    /// <summary>Whether it could read any.</summary>
    public bool HasReadable => _unreadable.Count < (_length + Sector - 1) / Sector;

    /// <summary>Reads a file.</summary>
    /// <param name="backend">Where it lies.</param>
    /// <param name="name">Its name.</param>
    /// <param name="most">What lies behind so many bytes is not read: no such file is longer.</param>
    /// <param name="cancellationToken">Stops before the next sector.</param>
    public static async Task<ReadableBytes> ReadAsync(
        IBackend backend, string name, int most, CancellationToken cancellationToken)
    {
        long? length = await backend.TryGetLengthAsync(name, cancellationToken).ConfigureAwait(false);
        var read = new ReadableBytes(backend, name, length, most);
        for (int at = 0; at < read._length; at += Sector)
        {
            Memory<byte> sector = read.Bytes.AsMemory(at, read.SectorAt(at));
            if (!await read.TryReadAsync(at, sector, cancellationToken).ConfigureAwait(false))
            {
                sector.Span.Clear();
                read._unreadable.Add(at);
            }
        }

        return read;
    }

    /// <summary>Whether the disk still cannot read a single one of the sectors that it could not read.</summary>
    public async Task<bool> IsStillUnreadableAsync(CancellationToken cancellationToken)
    {
        byte[] sector = new byte[Sector];
        foreach (int at in _unreadable)
        {
            if (await TryReadAsync(at, sector.AsMemory(0, SectorAt(at)), cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives the memory back; what was unreadable is still known.</summary>
    public void DropBytes() => Bytes = [];

    private async Task<bool> TryReadAsync(int at, Memory<byte> sector, CancellationToken cancellationToken)
    {
        try
        {
            await _backend.ReadAsync(_name, at, sector, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StoreException e) when (e.Fault is StoreFault.Unreadable)
        {
            return false;
        }
    }

    private int SectorAt(int at) => Math.Min(Sector, _length - at);
}
