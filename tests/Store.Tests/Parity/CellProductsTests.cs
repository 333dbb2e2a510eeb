using JadaStore.Store.Parity;
using JadaStore.Store.Tests.Packs;

namespace JadaStore.Store.Tests.Parity;

public sealed class CellProductsTests
{
    /// <summary>Multiplied bit by bit, as on paper.</summary>
    [Fact]
    public void The_field_is_that_of_polynomials_modulo_0x11D()
    {
        for (int a = 0; a < 256; a++)
        {
            for (int b = 0; b < 256; b++)
            {
                Assert.Equal(Slow((byte)a, (byte)b), GaloisField.Multiply((byte)a, (byte)b));
            }
        }
    }

    [Fact]
    public void Every_element_but_0_has_an_inverse()
    {
        Assert.All(Enumerable.Range(1, 255), a => Assert.Equal(1, Slow((byte)a, GaloisField.Invert((byte)a))));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaloisField.Invert(0));
    }

    /// <summary>At every length, so that each width also meets what it does not divide.</summary>
    [Theory, InlineData(1), InlineData(16), InlineData(32)]
    public void Every_width_gives_what_single_bytes_give(int width)
    {
        for (int length = 0; length < 200; length++)
        {
            byte[] cell = Seeded.Bytes(length, length), sum = Seeded.Bytes(length + 1000, length);
            byte factor = (byte)(length * 37);
            byte[] expected = [.. cell.Zip(sum, (c, s) => (byte)(Slow(factor, c) ^ s))];

            CellProducts.Add(factor, cell, sum, width);

            Assert.Equal(expected, sum);
        }
    }

    [Fact]
    public void Four_at_once_are_four_one_after_the_other()
    {
        for (int length = 1; length < 200; length++)
        {
            int stride = length + (length % 7);
            byte[] cells = Seeded.Bytes(length, (3 * stride) + length), sum = Seeded.Bytes(length + 1000, length);
            byte[] expected = [.. sum], factors = Seeded.Bytes(length, 4);
            for (int i = 0; i < 4; i++)
            {
                CellProducts.Add(factors[i], cells.AsSpan(i * stride, length), expected, width: 1);
            }

            CellProducts.AddFour(factors, cells, stride, sum);

            Assert.Equal(expected, sum);
        }
    }

    private static byte Slow(byte a, byte b)
    {
        int product = 0;
        for (int i = 0; i < 8; i++)
        {
            product ^= (b >> i & 1) * (a << i);
        }

        for (int i = 15; i >= 8; i--)
        {
            product ^= (product >> i & 1) * (0x11D << (i - 8));
        }

        return (byte)product;
    }
}
