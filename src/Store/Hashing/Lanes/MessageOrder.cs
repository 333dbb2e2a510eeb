using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace JadaStore.Store.Hashing.Lanes;

/// <summary>In which order each of the seven rounds takes the sixteen words of a block.</summary>
internal static unsafe class MessageOrder
{
    /// <summary>Words of all rounds together.</summary>
    public const int Count = 7 * 16;

    /// <summary>The first word of the first round; <see cref="Count"/> bytes that never move.</summary>
    public static byte* First => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Words));

    // Constant data of the program file. Each row is the one before it, permuted by the second row.
    private static ReadOnlySpan<byte> Words =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8,
        3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1,
        10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6,
        12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4,
        9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7,
        11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13,
    ];
}
