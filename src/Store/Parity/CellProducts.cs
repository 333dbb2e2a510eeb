using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace JadaStore.Store.Parity;

/// <summary>Multiplies whole cells by an element of <see cref="GaloisField"/> and adds them up.</summary>
/// <remarks>
/// A product is the sum of the products of the two halves of a byte, each looked up among 16: that is one shuffle a
/// half, for 16 or 32 bytes at once (Plank, Greenan, Miller, "Screaming Fast Galois Field Arithmetic", FAST 2013). All
/// widths give the same bytes.
/// </remarks>
internal static class CellProducts
{
    /// <summary>How many cells <see cref="AddFour"/> takes.</summary>
    public const int AtOnce = 4;

    private const int Half = 16, TableSize = 2 * Half;

    // For each factor its products with 0 to 15, and with 0, 16, … 240.
    private static readonly byte[] Tables = MakeTables();

    /// <summary>The widest way this machine has, in bytes: 32, 16, or 1 for none.</summary>
    public static int Width => Avx2.IsSupported ? 32 : Vector128.IsHardwareAccelerated ? 16 : 1;

    /// <summary>
    /// Adds <paramref name="factor"/> × <paramref name="cell"/> to <paramref name="sum"/>, which is as long.
    /// </summary>
    public static void Add(byte factor, ReadOnlySpan<byte> cell, Span<byte> sum) => Add(factor, cell, sum, Width);

    /// <summary>As the other, no wider than <paramref name="width"/> bytes at once.</summary>
    internal static void Add(byte factor, ReadOnlySpan<byte> cell, Span<byte> sum, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cell.Length, sum.Length);
        int at = 0;
        ReadOnlySpan<byte> table = TableOf(factor);
        ref byte source = ref MemoryMarshal.GetReference(cell), target = ref MemoryMarshal.GetReference(sum);
        if (width >= 32 && Avx2.IsSupported)
        {
            Vector256<byte> low = Both(Vector128.Create(table[..Half])), high = Both(Vector128.Create(table[Half..]));
            for (; at <= cell.Length - 32; at += 32)
            {
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref source, (nuint)at);
                (Vector256.LoadUnsafe(ref target, (nuint)at) ^ Product(bytes, low, high))
                    .StoreUnsafe(ref target, (nuint)at);
            }
        }
        else if (width >= 16)
        {
            Vector128<byte> low = Vector128.Create(table[..Half]), high = Vector128.Create(table[Half..]);
            for (; at <= cell.Length - 16; at += 16)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref source, (nuint)at);
                (Vector128.LoadUnsafe(ref target, (nuint)at) ^ Product(bytes, low, high))
                    .StoreUnsafe(ref target, (nuint)at);
            }
        }

        for (; at < cell.Length; at++)
        {
            sum[at] ^= (byte)(table[cell[at] & 15] ^ table[Half + (cell[at] >> 4)]);
        }
    }

    /// <summary>
    /// Adds the products of four factors and four cells that lie <paramref name="stride"/> bytes apart: a sum is then
    /// read and written once for four cells.
    /// </summary>
    /// <param name="factors">Four.</param>
    /// <param name="cells">The first cell begins here.</param>
    /// <param name="stride">From one cell to the next; at least the length of <paramref name="sum"/>.</param>
    /// <param name="sum">As long as a cell.</param>
    public static void AddFour(ReadOnlySpan<byte> factors, ReadOnlySpan<byte> cells, int stride, Span<byte> sum)
    {
        int at = 0;
        if (Avx2.IsSupported)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((3 * (long)stride) + sum.Length, cells.Length);
            ref byte source = ref MemoryMarshal.GetReference(cells), target = ref MemoryMarshal.GetReference(sum);
            (Vector256<byte> low0, Vector256<byte> high0) = BothTables(factors[0]);
            (Vector256<byte> low1, Vector256<byte> high1) = BothTables(factors[1]);
            (Vector256<byte> low2, Vector256<byte> high2) = BothTables(factors[2]);
            (Vector256<byte> low3, Vector256<byte> high3) = BothTables(factors[3]);
            for (; at <= sum.Length - 32; at += 32)
            {
                Vector256<byte> total = Vector256.LoadUnsafe(ref target, (nuint)at)
                    ^ Product(Vector256.LoadUnsafe(ref source, (nuint)at), low0, high0)
                    ^ Product(Vector256.LoadUnsafe(ref source, (nuint)(at + stride)), low1, high1)
                    ^ Product(Vector256.LoadUnsafe(ref source, (nuint)(at + (2 * stride))), low2, high2)
                    ^ Product(Vector256.LoadUnsafe(ref source, (nuint)(at + (3 * stride))), low3, high3);
                total.StoreUnsafe(ref target, (nuint)at);
            }
        }

        for (int i = 0; i < AtOnce && at < sum.Length; i++)
        {
            Add(factors[i], cells.Slice((i * stride) + at, sum.Length - at), sum[at..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Product(Vector256<byte> bytes, Vector256<byte> low, Vector256<byte> high)
    {
        Vector256<byte> mask = Vector256.Create((byte)15);
        return Avx2.Shuffle(low, bytes & mask)
            ^ Avx2.Shuffle(high, Vector256.ShiftRightLogical(bytes.AsUInt16(), 4).AsByte() & mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Product(Vector128<byte> bytes, Vector128<byte> low, Vector128<byte> high) =>
        Vector128.Shuffle(low, bytes & Vector128.Create((byte)15))
            ^ Vector128.Shuffle(high, Vector128.ShiftRightLogical(bytes, 4));

    private static Vector256<byte> Both(Vector128<byte> half) => Vector256.Create(half, half);

    private static (Vector256<byte> Low, Vector256<byte> High) BothTables(byte factor)
    {
        ReadOnlySpan<byte> table = TableOf(factor);
        return (Both(Vector128.Create(table[..Half])), Both(Vector128.Create(table[Half..])));
    }

    private static ReadOnlySpan<byte> TableOf(byte factor) => Tables.AsSpan(factor * TableSize, TableSize);

    private static byte[] MakeTables()
    {
        byte[] tables = new byte[256 * TableSize];
        for (int factor = 0; factor < 256; factor++)
        {
            for (int i = 0; i < Half; i++)
            {
                tables[(factor * TableSize) + i] = GaloisField.Multiply((byte)factor, (byte)i);
                tables[(factor * TableSize) + Half + i] = GaloisField.Multiply((byte)factor, (byte)(i << 4));
            }
        }

        return tables;
    }
}
