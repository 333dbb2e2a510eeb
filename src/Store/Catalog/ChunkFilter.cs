namespace JadaStore.Store.Catalog;

/// <summary>Says of most chunks that are not in the catalog that they are not, without looking there.</summary>
/// <remarks>
/// <para>A blocked Bloom filter: a chunk sets one bit in each of the eight words of one 32-byte block, so a question
/// costs one cache line. With 12 bits a chunk it is wrong about some 1 % of the new ones, and never about one that was
/// added.</para>
/// <para>Any thread may ask while one adds: an answer is at worst “new” for what is being added that moment.</para>
/// <para>Method: Putze, Sanders and Singler, “Cache-, Hash- and Space-Efficient Bloom Filters”, 2007.</para>
/// </remarks>
internal sealed class ChunkFilter
{
    private const int BitsPerChunk = 12, BitsPerBlock = 256, WordsPerBlock = 8;

    private readonly uint[] _words;
    private readonly uint _blocks;

    /// <param name="capacity">How many chunks it is made for.</param>
    public ChunkFilter(long capacity)
    {
        // No array is longer; past it (some five thousand million chunks) the filter is wrong more often, no worse.
        Capacity = Math.Clamp(capacity, 1, (long)Array.MaxLength / WordsPerBlock * BitsPerBlock / BitsPerChunk);
        _blocks = (uint)((Capacity * BitsPerChunk / BitsPerBlock) + 1);
        _words = new uint[_blocks * WordsPerBlock];
    }

    /// <summary>How many chunks it is made for.</summary>
    public long Capacity { get; }

    /// <summary>How many were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a chunk by the first eight bytes of its id. One thread at a time.</summary>
    public void Add(ulong prefix)
    {
        Span<uint> block = _words.AsSpan(BlockOf(prefix), WordsPerBlock);
        for (int i = 0; i < block.Length; i++)
        {
            block[i] |= BitOf(prefix, i);
        }

        Count++;
    }

    /// <summary>False: it was not added. True: it may have been.</summary>
    public bool MayContain(ulong prefix)
    {
        ReadOnlySpan<uint> block = _words.AsSpan(BlockOf(prefix), WordsPerBlock);
        uint missing = 0;
        for (int i = 0; i < block.Length; i++)
        {
            missing |= BitOf(prefix, i) & ~block[i];
        }

        return missing == 0;
    }

    // The upper half chooses the block, the lower half the bits: ids are even, so no further mixing is needed.
    private int BlockOf(ulong prefix) => (int)(((prefix >> 32) * _blocks) >> 32) * WordsPerBlock;

    // Eight different five-bit numbers from one word: the top bits of its products with odd constants, drawn once.
    private static uint BitOf(ulong prefix, int word)
    {
        ReadOnlySpan<uint> odd =
            [0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1, 0xD3A2646D, 0xFD7046C5, 0xB55A4F09];
        return 1u << (int)(((uint)prefix * odd[word]) >> 27);
    }
}
