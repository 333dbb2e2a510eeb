namespace JadaStore.Store.Parity;

/// <summary>
/// A systematic Reed–Solomon code over <see cref="GaloisField"/>: data cells stay as they are, and parity cell j is
/// Σ data cell i × 1 / (i + (255 − j)).
/// </summary>
/// <remarks>
/// Those factors are a Cauchy matrix, every square part of which can be inverted: so any n parity cells mend any n lost
/// data cells (Blömer et al., "An XOR-Based Erasure-Resilient Coding Scheme", ICSI TR-95-048, 1995).
/// </remarks>
internal static class CauchyCode
{
    /// <summary>The most data cells, and the most parity cells, of one group: 128 each, so that no sum i + (255 − j) is
    /// 0.</summary>
    public const int MostCells = 128;

    /// <summary>What data cell <paramref name="data"/> is multiplied with in parity cell
    /// <paramref name="parity"/>.</summary>
    public static byte Factor(int parity, int data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)parity, (uint)MostCells, nameof(parity));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)data, (uint)MostCells, nameof(data));
        return GaloisField.Invert((byte)(data ^ (byte.MaxValue - parity)));
    }

    /// <summary>How the lost data cells come from as many sums.</summary>
    /// <param name="lost">Numbers of data cells, each once.</param>
    /// <param name="parity">Numbers of as many parity cells, each once.</param>
    /// <returns>Row i gives the factors that make of the parity cells, less what the other data cells add to them, the
    /// lost cell i.</returns>
    public static byte[,] Solve(ReadOnlySpan<int> lost, ReadOnlySpan<int> parity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(parity.Length, lost.Length, nameof(parity));
        int n = lost.Length;
        byte[,] matrix = new byte[n, n], inverse = new byte[n, n];
        for (int row = 0; row < n; row++)
        {
            inverse[row, row] = 1;
            for (int column = 0; column < n; column++)
            {
                matrix[row, column] = Factor(parity[row], lost[column]);
            }
        }

        // Gauss and Jordan. No pivot is 0: the leading minors of a Cauchy matrix are Cauchy determinants themselves.
        for (int pivot = 0; pivot < n; pivot++)
        {
            byte scale = GaloisField.Invert(matrix[pivot, pivot]);
            Scale(matrix, pivot, scale);
            Scale(inverse, pivot, scale);
            for (int row = 0; row < n; row++)
            {
                byte factor = matrix[row, pivot];
                if (row != pivot && factor != 0)
                {
                    AddRow(matrix, pivot, row, factor);
                    AddRow(inverse, pivot, row, factor);
                }
            }
        }

        return inverse;
    }

    private static void Scale(byte[,] matrix, int row, byte factor)
    {
        for (int i = 0; i < matrix.GetLength(1); i++)
        {
            matrix[row, i] = GaloisField.Multiply(matrix[row, i], factor);
        }
    }

    private static void AddRow(byte[,] matrix, int from, int to, byte factor)
    {
        for (int i = 0; i < matrix.GetLength(1); i++)
        {
            matrix[to, i] ^= GaloisField.Multiply(matrix[from, i], factor);
        }
    }
}
