using JadaStore.Collectors.Aws.Protocols;

namespace JadaStore.Collectors.Tests.Aws.Protocols;

public class JsonNumberTests
{
    [Theory]
    [InlineData("0", "0.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1", "1.0")]
    [InlineData("+1.50", "1.5")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1E-7", "1e-07")]
    [InlineData("12.5e-8", "1.25e-07")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("9999999999999998", "9999999999999998.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1.5E300", "1.5e+300")]
    [InlineData("1234567890123456789012.5", "1.2345678901234567890125e+21")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5.0")]
    public void A_fraction_is_spelt_as_Python_spells_it_and_keeps_every_digit(string text, string printed) =>
        Assert.Equal(printed, JsonNumber.Fraction(text)?.ToJsonString());

    [Theory]
    [InlineData(""), InlineData("."), InlineData("-"), InlineData("e5"), InlineData("1e"), InlineData("NaN")]
    [InlineData("Infinity"), InlineData("1,5"), InlineData("0x1"), InlineData("1e9999999999"), InlineData("1e-200000")]
    [InlineData("--1"), InlineData("1.2.3"), InlineData("1e5e5"), InlineData(" 1"), InlineData("1\n")]
    public void What_is_no_number_is_none(string text) => Assert.Null(JsonNumber.Fraction(text));

    [Fact]
    public void Any_double_is_spelt_as_it_is_parsed()
    {
        var chance = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            double number = BitConverter.Int64BitsToDouble(chance.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
            {
                string text = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(number, JsonNumber.Fraction(text)!.GetValue<double>());
            }
        }
    }

    [Theory]
    [InlineData("1152921504606846976", true), InlineData("-7", true), InlineData("007", false), InlineData("", false)]
    [InlineData("-", false), InlineData("1.0", false), InlineData("+1", false), InlineData(" 1", false)]
    public void A_whole_number_stands_as_it_is(string text, bool whole) =>
        Assert.Equal(whole ? text : null, JsonNumber.Whole(text)?.ToJsonString());
}
