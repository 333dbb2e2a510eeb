using JadaStore.Store.Model;
using JadaStore.Store.Packs;

namespace JadaStore.Store.Prune;

/// <summary>A pack as a prune sees it: which of its chunks are needed, three bits a chunk.</summary>
/// <remarks>
/// Memory: 3 bits a chunk and 4 bytes a block. Ten million chunks of 16 KiB in blocks of 128 KiB are 4 MB and 5 MB.
/// For one thread at a time.
/// </remarks>
internal sealed class PackLife
{
    private const int BitsPerWord = 64;

    private readonly int[] _firstOfBlock;
    private readonly ulong[] _live, _walked, _checked;

    /// <param name="footer">What is in it, as read from the pack itself.</param>
    /// <param name="length">Of its file, in bytes.</param>
    /// <param name="order">Higher for packs that came later.</param>
    /// <param name="isCondemned">Whether it is going to be deleted already.</param>
    public PackLife(PackFooter footer, long length, int order, bool isCondemned)
    {
        (Id, Purpose, Length, Order, IsCondemned) = (footer.Pack, footer.Purpose, length, order, isCondemned);
        _firstOfBlock = new int[footer.Blocks.Count];
        int chunks = 0;
        for (int i = 0; i < _firstOfBlock.Length; i++)
        {
            _firstOfBlock[i] = chunks;
            chunks += footer.Blocks[i].Chunks.Count;
            RawBytes += footer.Blocks[i].Location.RawLength;
        }

        Chunks = chunks;
        int words = (chunks + BitsPerWord - 1) / BitsPerWord;
        (_live, _walked, _checked) = (new ulong[words], new ulong[words], new ulong[words]);
    }

    /// <summary>Which.</summary>
    public PackId Id { get; }

    /// <summary>What its chunks are.</summary>
    public PackPurpose Purpose { get; }

    /// <summary>Of its file, in bytes.</summary>
    public long Length { get; }

    /// <summary>How many there are in it.</summary>
    public int Chunks { get; }

    /// <summary>Plain bytes of all its chunks.</summary>
    public long RawBytes { get; }

    /// <summary>Higher for packs that came later.</summary>
    public int Order { get; }

    /// <summary>Whether it is going to be deleted.</summary>
    public bool IsCondemned { get; set; }

    /// <summary>Whether what was needed of it lies in a new pack now.</summary>
    public bool IsRewritten { get; private set; }

    /// <summary>Plain bytes of the chunks that are needed.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>Of those, what snapshots need that are not forgotten.</summary>
    public long VisibleBytes { get; private set; }

    /// <summary>
    /// Which of two places of a chunk is kept: the higher. Places that stay go before places that go.
    /// </summary>
    public (int Class, int Order) Rank => (IsCondemned ? 0 : IsRewritten ? 1 : 2, Order);

    /// <summary>Says that a chunk is needed.</summary>
    /// <param name="place">Where it lies, in this pack.</param>
    /// <param name="isVisible">Whether a snapshot needs it that is not forgotten.</param>
    public void Mark(ChunkLocation place, bool isVisible)
    {
        if (Set(_live, IndexOf(place)))
        {
            LiveBytes += place.Length;
            VisibleBytes += isVisible ? place.Length : 0;
        }
    }

    /// <summary>Whether a chunk is needed, in this place.</summary>
    public bool IsLive(ChunkLocation place) => Has(_live, IndexOf(place));

    /// <summary>Says that a page was gone through with all below it; false when that was said before.</summary>
    /// <remarks>
    /// Another bit than <see cref="Mark"/>'s: somebody's file may hold just the bytes of a page, and then the chunk is
    /// needed and yet nothing below it was looked at.
    /// </remarks>
    public bool TryWalk(ChunkLocation place) => Set(_walked, IndexOf(place));

    /// <summary>Says that each page has to be gone through again.</summary>
    public void ForgetWalks() => Array.Clear(_walked);

    /// <summary>Whether a chunk was read and found to be what its id says.</summary>
    public bool IsChecked(ChunkLocation place) => Has(_checked, IndexOf(place));

    /// <summary>Says that it was.</summary>
    public void Check(ChunkLocation place) => Set(_checked, IndexOf(place));

    /// <summary>What was needed of it was copied: from now on only what is found to be needed later counts.</summary>
    public void MoveOut()
    {
        IsRewritten = true;
        Array.Clear(_live);
        LiveBytes = VisibleBytes = 0;
    }

    private int IndexOf(ChunkLocation place) => _firstOfBlock[place.Block.Number] + place.Position;

    private static bool Has(ulong[] bits, int index) => (bits[index / BitsPerWord] >> (index % BitsPerWord) & 1) != 0;

    private static bool Set(ulong[] bits, int index)
    {
        ref ulong word = ref bits[index / BitsPerWord];
        ulong bit = 1ul << (index % BitsPerWord);
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }
}
