using System.Buffers.Binary;
using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Catalog;

/// <summary>A block's row, with where each of its chunks begins.</summary>
internal sealed class RecentBlock
{
    private byte[] _chunks = [];
    private int[] _offsets = [];
    private int _count;
    private BlockLocation _location;

    /// <summary>What it takes in memory, about.</summary>
    public int Bytes => _chunks.Length + (_offsets.Length * sizeof(int));

    /// <summary>Becomes the row at which a statement of <see cref="RecentBlocks"/> stands.</summary>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: it cannot be a block's.</exception>
    public void Fill(Database database, Statement row)
    {
        ReadOnlySpan<byte> chunks = row.Bytes(0);
        _location = new BlockLocation(new PackId(row.Bytes(1, PackId.Size)), (PackPurpose)row.Int32(2), row.Int32(3),
            row.Int64(4), row.Int32(5), row.Int32(6));
        _count = chunks.Length / PackRows.ChunkSize;
        if (_location.Offset < 0 || chunks.Length % PackRows.ChunkSize != 0)
        {
            throw database.Damage();
        }

        if (_chunks.Length < chunks.Length)
        {
            _chunks = new byte[chunks.Length];
            _offsets = new int[_count];
        }

        chunks.CopyTo(_chunks);
        long offset = 0;
        for (int i = 0; i < _count; i++)
        {
            _offsets[i] = (int)offset;
            offset += LengthOf(i);
            if (offset > _location.RawLength)
            {
                throw database.Damage();
            }
        }
    }

    /// <summary>Where its chunk of that position lies, if the chunk has that id.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="id">The whole id: others may begin alike.</param>
    /// <param name="place">Where.</param>
    /// <param name="database">Used for what is thrown.</param>
    /// <exception cref="StoreException"><see cref="StoreFault.Corrupt"/>: it has fewer chunks.</exception>
    public bool TryGet(int position, ChunkId id, out ChunkLocation place, Database database)
    {
        place = default;
        if (position >= _count)
        {
            throw database.Damage();
        }

        if (new ChunkId(_chunks.AsSpan((position * PackRows.ChunkSize) + 4, ChunkId.Size)) != id)
        {
            return false;
        }

        place = new ChunkLocation(_location, _offsets[position], (int)LengthOf(position), position);
        return true;
    }

    private uint LengthOf(int position) =>
        BinaryPrimitives.ReadUInt32LittleEndian(_chunks.AsSpan(position * PackRows.ChunkSize));
}
