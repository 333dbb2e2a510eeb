using JadaStore.Cli.Output;

namespace JadaStore.Cli.Tests.Output;

public class SizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(10_239, "10.0 KiB")]
    [InlineData(102_400, "100 KiB")]
    [InlineData(1_023_999, "1.0 MiB")]
    [InlineData(432_013_312, "412 MiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void A_size_has_three_digits_and_a_unit(long bytes, string text) => Assert.Equal(text, Size.Text(bytes));

    [Theory]
    [InlineData(0.412, "412 ms")]
    [InlineData(3.21, "3.2 s")]
    [InlineData(59.97, "0m59s")]
    [InlineData(247, "4m07s")]
    [InlineData(90_180, "25h03m")]
    public void A_duration_reads_at_a_glance(double seconds, string text) =>
        Assert.Equal(text, Size.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Counts_are_grouped_and_agree_with_their_word()
    {
        Assert.Equal("78,600 files", Size.Count(78_600, "file", "files"));
        Assert.Equal("1 file", Size.Count(1, "file", "files"));
    }
}
