namespace JadaStore.Store.Hashing.Lanes;

/// <summary>One chunk, or one pair of chaining values, to be hashed to a chaining value.</summary>
internal unsafe struct LaneJob
{
    /// <summary>The most blocks that a job has: those of a whole chunk.</summary>
    public const int MaxBlocks = HashState.ChunkSize / OneLane.BlockSize;

    /// <summary>Where the bytes begin; not one beyond <see cref="Length"/> is read.</summary>
    public byte* Input;

    /// <summary>0 to 1,024 bytes.</summary>
    public int Length;

    /// <summary>Flags of the first block, beside those of the mode.</summary>
    public uint First;

    /// <summary>Flags of the last block, beside those of the mode; added to <see cref="First"/> if there is but
    /// one.</summary>
    public uint Last;

    /// <summary>The chunk's number in its input; 0 for a pair.</summary>
    public ulong Counter;

    /// <summary>Where the eight words go. May lie in the input of this or an earlier job, not of a later one.</summary>
    public uint* Output;

    /// <summary>How many blocks the bytes fill; no bytes are one block too.</summary>
    public readonly int Blocks => BlocksOf(Length);

    /// <summary>How many blocks that many bytes fill, at least one.</summary>
    public static int BlocksOf(int length) => length == 0 ? 1 : (length + OneLane.BlockSize - 1) / OneLane.BlockSize;

    /// <summary>A chunk; <paramref name="root"/> if it is all there is.</summary>
    public static LaneJob Chunk(byte* input, int length, ulong counter, bool root, uint* output) => new()
    {
        Input = input,
        Length = length,
        First = NodeFlags.ChunkStart,
        Last = root ? NodeFlags.ChunkEnd | (uint)NodeFlags.Root : NodeFlags.ChunkEnd,
        Counter = counter,
        Output = output,
    };

    /// <summary>The sixteen words at <paramref name="pair"/>; <paramref name="root"/> if they are the last
    /// two.</summary>
    public static LaneJob Parent(uint* pair, bool root, uint* output) => new()
    {
        Input = (byte*)pair,
        Length = OneLane.BlockSize,
        First = NodeFlags.Parent,
        Last = root ? NodeFlags.Root : 0u,
        Output = output,
    };
}
