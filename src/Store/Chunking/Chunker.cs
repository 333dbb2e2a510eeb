using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace JadaStore.Store.Chunking;

/// <summary>Finds where content is cut into chunks: <c>fastcdc-1</c>; docs/format.md, "Chunking".</summary>
/// <remarks>
/// <para>A cut depends on the last 64 bytes before it and on where its chunk began, so an insertion changes the cuts
/// near it and the old ones come back soon after.</para>
/// <para>A chunk begins with hash 0. Its first <see cref="ChunkerOptions.Min"/> bytes are skipped; for each byte after
/// them, <c>hash = (hash &lt;&lt; 1) + gear[byte]</c> modulo 2⁶⁴, and the chunk ends with that byte when the topmost
/// <c>n</c> bits of the hash are all zero. With <c>b = log2(Average)</c> and normalization level <see cref="Level"/>,
/// <c>n = b + Level</c> while the byte's index in the chunk is below <see cref="ChunkerOptions.Average"/>, and
/// <c>n = b − Level</c> from there on. At <see cref="ChunkerOptions.Max"/> bytes the chunk ends in any case.</para>
/// <para>Method: FastCDC, Xia et al., USENIX ATC 2016, with a 64-bit gear hash; the table is secret.</para>
/// <para>Thread-safe; allocates nothing.</para>
/// </remarks>
internal sealed class Chunker
{
    /// <summary>The algorithm's name in <c>config</c>.</summary>
    public const string Algorithm = "fastcdc-1";

    /// <summary>How many bits the test is made harder before the average, and easier after it.</summary>
    public const int Level = 2;

    private readonly ulong[] _gear;
    private readonly int _min;
    private readonly int _average;
    private readonly int _max;
    private readonly ulong _below;   // a hash below this, before the average, is a cut: its topmost bits are zero
    private readonly ulong _above;

    /// <param name="gear">256 random numbers; kept, not copied, and not to be changed.</param>
    /// <param name="options">The sizes.</param>
    /// <exception cref="ArgumentException">
    /// The table has another length, or the options have problems: all are named.
    /// </exception>
    public Chunker(ulong[] gear, ChunkerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gear.Length, 256);
        if (options.FindProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }

        _gear = gear;
        (_min, _average, _max) = (options.Min, options.Average, options.Max);
        int bits = BitOperations.Log2((uint)_average);
        _below = 1UL << (64 - bits - Level);
        _above = 1UL << (64 - bits + Level);
    }

    /// <summary>The length of the first chunk in <paramref name="bytes"/>.</summary>
    /// <param name="bytes">
    /// Content from where a chunk begins; what lies beyond <see cref="ChunkerOptions.Max"/> is not looked at.
    /// </param>
    /// <param name="isEnd">Whether the content ends with <paramref name="bytes"/>.</param>
    /// <returns>
    /// 1 to <see cref="ChunkerOptions.Max"/>; or 0: with <paramref name="isEnd"/> when there are no bytes, without it
    /// when more bytes are needed to tell, which is never so once there are <see cref="ChunkerOptions.Max"/>.
    /// The answer does not depend on how many more bytes than the chunk's are given.
    /// </returns>
    public int FindCut(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        int length = Math.Min(bytes.Length, _max);
        if (length > _min)
        {
            ulong hash = 0;
            int cut = Scan(bytes[..Math.Min(length, _average)], _min, ref hash, _below);
            if (cut == 0 && length > _average)
            {
                cut = Scan(bytes[..length], _average, ref hash, _above);
            }

            if (cut > 0)
            {
                return cut;
            }
        }

        return isEnd || length == _max ? length : 0;
    }

    // The length up to and with the first byte, from `start` on, whose hash is below the limit; 0 when there is none.
    // `start` is at most the span's length, so no index leaves it. Eight bytes a turn: for each byte two loads, one
    // addition and one comparison remain. Two or four bytes a step, and two streams side by side, were slower.
    // Optimized at once: compiled in tiers, this loop stays at half its speed.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Scan(ReadOnlySpan<byte> bytes, int start, ref ulong hash, ulong limit)
    {
        ref byte at = ref MemoryMarshal.GetReference(bytes);
        ref ulong gear = ref MemoryMarshal.GetArrayDataReference(_gear);
        ulong h = hash;
        nint i = start;
        nint end = bytes.Length;
        for (; i <= end - 8; i += 8)
        {
            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i))) < limit)
            {
                return (int)i + 1;
            }

            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i + 1))) < limit)
            {
                return (int)i + 2;
            }

            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i + 2))) < limit)
            {
                return (int)i + 3;
            }

            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i + 3))) < limit)
            {
                return (int)i + 4;
            }

            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i + 4))) < limit)
            {
                return (int)i + 5;
            }

            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i + 5))) < limit)
            {
                return (int)i + 6;
            }

            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i + 6))) < limit)
            {
                return (int)i + 7;
            }

            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i + 7))) < limit)
            {
                return (int)i + 8;
            }
        }

        for (; i < end; i++)
        {
            if ((h = h + h + Unsafe.Add(ref gear, (nuint)Unsafe.Add(ref at, i))) < limit)
            {
                return (int)i + 1;
            }
        }

        hash = h;
        return 0;
    }
}
