namespace JadaStore.Store.Hashing.Lanes;

/// <summary>Where the lanes are: for each its chaining value, the block it reads next and how that block
/// counts.</summary>
/// <remarks>
/// Word i of the chaining value of lane j is <c>Cv[i × width + j]</c>, so that a kernel takes word i of all lanes with
/// one load. The other rows are one number a lane. A width less than <see cref="MaxWidth"/> uses the start of each row.
/// </remarks>
internal unsafe struct LaneState
{
    /// <summary>The lanes of the widest kernel.</summary>
    public const int MaxWidth = (int)LaneWidth.Sixteen;

    /// <summary>Chaining values, in and out.</summary>
    public fixed uint Cv[8 * MaxWidth];

    /// <summary>Number of the chunk in its input, low half.</summary>
    public fixed uint CounterLow[MaxWidth];

    /// <summary>Number of the chunk in its input, high half.</summary>
    public fixed uint CounterHigh[MaxWidth];

    /// <summary>Bytes of the block that are input; the rest are zeros.</summary>
    public fixed uint Length[MaxWidth];

    /// <summary>The flags of the block.</summary>
    public fixed uint Flags[MaxWidth];

    /// <summary>The address of the block: 64 readable bytes for each block that is compressed.</summary>
    public fixed ulong Block[MaxWidth];
}
