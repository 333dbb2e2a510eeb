using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Sealing;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0UL, "00"), InlineData(127UL, "7f"), InlineData(128UL, "8001"), InlineData(300UL, "ac02")]
    [InlineData(uint.MaxValue, "ffffffff0f"), InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void A_number_has_the_bytes_of_leb128(ulong value, string hex)
    {
        byte[] bytes = new byte[Varint.MaxLength];

        int length = Varint.Write(bytes, value);

        Assert.Equal(hex, Convert.ToHexStringLower(bytes.AsSpan(0, length)));
        Assert.Equal(length, Varint.LengthOf(value));
    }

    [Fact]
    public void Numbers_of_every_size_come_back_and_leave_the_rest()
    {
        byte[] bytes = new byte[Varint.MaxLength + 1];
        for (int bit = 0; bit < 64; bit++)
        {
            foreach (ulong value in (ulong[])[1UL << bit, (1UL << bit) - 1, ulong.MaxValue >> bit])
            {
                int length = Varint.Write(bytes, value);
                ReadOnlySpan<byte> rest = bytes.AsSpan(0, length + 1);

                Assert.True(Varint.TryRead(ref rest, out ulong read));
                Assert.Equal(value, read);
                Assert.Equal(1, rest.Length);
            }
        }
    }

    [Theory]
    [InlineData(""), InlineData("80"), InlineData("8000"), InlineData("ff8000"), InlineData("ffffffffffffffffff02")]
    [InlineData("ffffffffffffffffff81"), InlineData("80808080808080808080"), InlineData("8080808080808080808001")]
    public void What_is_cut_off_or_too_long_or_not_shortest_is_refused(string hex)
    {
        ReadOnlySpan<byte> bytes = Convert.FromHexString(hex);

        Assert.False(Varint.TryRead(ref bytes, out ulong value));
        Assert.Equal(0UL, value);
        Assert.Equal(hex.Length / 2, bytes.Length);
    }
}
