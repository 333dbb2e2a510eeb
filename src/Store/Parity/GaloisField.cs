namespace JadaStore.Store.Parity;

/// <summary>
/// GF(2⁸), the field that parity is computed in: addition is XOR, multiplication is that of polynomials modulo
/// x⁸ + x⁴ + x³ + x² + 1 (0x11D), of which 2 generates all but 0.
/// </summary>
internal static class GaloisField
{
    private const int Polynomial = 0x11D, Order = 255;

    private static readonly byte[] Powers = PowersOfTwo();
    private static readonly byte[] Logarithms = LogarithmsOf(Powers);

    /// <summary>The product of two elements.</summary>
    public static byte Multiply(byte left, byte right) =>
        left == 0 || right == 0 ? (byte)0 : Powers[Logarithms[left] + Logarithms[right]];

    /// <summary>What <paramref name="element"/>, which is not 0, must be multiplied with to give 1.</summary>
    public static byte Invert(byte element)
    {
        ArgumentOutOfRangeException.ThrowIfZero(element);
        return Powers[Order - Logarithms[element]];
    }

    // Twice around, so that a sum of two logarithms needs no remainder.
    private static byte[] PowersOfTwo()
    {
        byte[] powers = new byte[2 * Order];
        int power = 1;
        for (int i = 0; i < Order; i++)
        {
            powers[i] = powers[i + Order] = (byte)power;
            power <<= 1;
            power ^= power > byte.MaxValue ? Polynomial : 0;
        }

        return powers;
    }

    private static byte[] LogarithmsOf(byte[] powers)
    {
        byte[] logarithms = new byte[Order + 1];
        for (int i = 0; i < Order; i++)
        {
            logarithms[powers[i]] = (byte)i;
        }

        return logarithms;
    }
}
