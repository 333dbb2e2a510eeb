using System.Text;
using JadaStore.Collectors.S3.Checksums;

namespace JadaStore.Collectors.Tests.S3.Checksums;

public sealed class ChecksumTests
{
    /// <summary>The check values of the catalogue of parametrised CRC algorithms: of the ASCII digits 1 to 9.</summary>
    [Fact]
    public void The_published_check_values_come_out()
    {
        byte[] digits = Encoding.ASCII.GetBytes("123456789");

        Assert.Equal("CBF43926", Of(new Crc32(), digits, 100));
        Assert.Equal("E3069283", Of(new Crc32C(), digits, 100));
        Assert.Equal("AE8B14860A799888", Of(new Crc64Nvme(), digits, 100));
    }

    [Theory, InlineData(1), InlineData(3), InlineData(8), InlineData(4096)]
    public void It_does_not_matter_how_the_bytes_come(int portion)
    {
        byte[] bytes = new byte[10_007];
        new Random(1).NextBytes(bytes);
        foreach (Func<Checksum> make in new Func<Checksum>[] { () => new Crc32(), () => new Crc32C(), () => new Crc64Nvme() })
        {
            Assert.Equal(Of(make(), bytes, bytes.Length), Of(make(), bytes, portion));
        }
    }

    /// <summary>Bit by bit, as the specification defines it.</summary>
    [Fact]
    public void The_tables_do_what_the_bits_do()
    {
        byte[] bytes = new byte[1_000];
        new Random(2).NextBytes(bytes);
        ulong crc = ulong.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x9A6C9329AC4BC9B5 : crc >> 1;
            }
        }

        Assert.Equal((~crc).ToString("X16", null), Of(new Crc64Nvme(), bytes, 37));
    }

    private static string Of(Checksum checksum, byte[] bytes, int portion)
    {
        foreach (byte[] some in bytes.Chunk(portion))
        {
            checksum.Append(some);
        }

        return Convert.ToHexString(checksum.Finish());
    }
}
