using System.Text;
using JadaStore.Store.Chunking;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Sealing;

public sealed class RepositoryConfigTests
{
    private static readonly CutterOptions Cutter = new()
    {
        FineUntil = 3000,
        Fine = new() { Min = 100, Average = 256, Max = 999 },
        Coarse = new() { Min = 1000, Average = 4096, Max = 65_000 },
    };

    /// <summary>The mac was computed by another program, from docs/format.md and <c>b3sum</c>.</summary>
    private const string Pinned =
        """
        {"format":1,"repository_id":"404142434445464748494a4b4c4d4e4f","created":"2026-11-05T06:07:08.9Z","chunker":{"algorithm":"fastcdc-1","fine_until":524288,"fine":{"min":4096,"average":16384,"max":65536},"coarse":{"min":32768,"average":131072,"max":1048576}}}
        a877fca3c95f34a2b9ffa4dbbc259409f1635dfe8b4bf1246d2d854c175402b0

        """;

    [Fact]
    public void Writes_and_reads_the_bytes_that_are_pinned()
    {
        byte[] bytes =
            new RepositoryConfig(Damage.Repository, Damage.Time, new CutterOptions()).Encode(Damage.Master());
        Assert.Equal(Pinned, Encoding.UTF8.GetString(bytes));

        RepositoryConfig config = RepositoryConfig.Parse(bytes);
        config.CheckMac(Damage.Master());
        Assert.Equal(
            (Damage.Repository, Damage.Time, new CutterOptions()), (config.RepositoryId, config.Created, config.Cutter));
        Assert.Equal(bytes, config.Encode(Damage.Master()));
    }

    [Fact]
    public void What_was_written_comes_back()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)).AddTicks(1234567);
        RepositoryConfig config = RepositoryConfig.Parse(
            new RepositoryConfig(Damage.Repository, time, Cutter).Encode(Damage.Master()));

        config.CheckMac(Damage.Master());
        Assert.Equal((time, TimeSpan.Zero, Cutter), (config.Created, config.Created.Offset, config.Cutter));
    }

    [Fact]
    public void No_damaged_config_passes()
    {
        byte[] bytes = new RepositoryConfig(Damage.Repository, Damage.Time, Cutter).Encode(Damage.Master());
        using MasterKey master = Damage.Master();
        foreach (byte[] damaged in Damage.Of(bytes).Concat(Damage.Random(bytes, seed: 3, count: 2_000)))
        {
            if (!damaged.AsSpan().SequenceEqual(bytes)
                && Damage.Try(() => RepositoryConfig.Parse(damaged)) is { } config)
            {
                Damage.IsFound(() => config.CheckMac(master));
            }
        }
    }

    [Fact]
    public void Another_repositorys_key_does_not_pass()
    {
        RepositoryConfig config = RepositoryConfig.Parse(Encoding.UTF8.GetBytes(Pinned));

        Damage.IsFound(() => config.CheckMac(new MasterKey(new byte[32])));
    }

    [Theory]
    [InlineData("""{"format":2}""")]
    [InlineData("""{"format":2147483647,"chunker":7}""")]
    [InlineData("{\"format\":2}\nand something else altogether\n\n")]
    public void A_later_format_is_called_newer_whatever_else_it_holds(string text)
    {
        var thrown = Assert.Throws<StoreException>(() => RepositoryConfig.Parse(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(StoreFault.NewerFormat, thrown.Fault);
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":0")]
    [InlineData("\"format\":1", "\"format\":99999999999")]
    [InlineData("\"min\":32768", "\"min\":1")]
    [InlineData("\"min\":32768,", "")]
    [InlineData("\"average\":131072", "\"average\":131073")]
    [InlineData("\"max\":1048576", "\"max\":1048577")]
    [InlineData("fastcdc-1", "fastcdc-2")]
    [InlineData("\"404142", "\"4041")]
    [InlineData("{\"min\":32768,\"average\":131072,\"max\":1048576}", "null")]
    [InlineData("\"min\":4096", "\"min\":16384")]
    [InlineData("\"fine_until\":524288", "\"fine_until\":-1")]
    [InlineData("\"fine_until\":524288", "\"fine_until\":9223372036854775808")]
    [InlineData("02b0\n", "02B0\n")]
    [InlineData("02b0\n", "02b0")]
    [InlineData("02b0\n", "02b0\n\n")]
    [InlineData("}}}\na8", "}}}\r\na8")]
    public void A_config_that_says_what_may_not_be_is_refused(string what, string instead)
    {
        string text = Pinned.Replace(what, instead, StringComparison.Ordinal);

        Assert.NotEqual(Pinned, text);
        Damage.IsFound(() => RepositoryConfig.Parse(Encoding.UTF8.GetBytes(text)).CheckMac(Damage.Master()));
    }

    [Fact]
    public void Sizes_with_problems_are_refused_before_they_are_written()
    {
        Assert.Throws<ArgumentException>(
            () => new RepositoryConfig(Damage.Repository, Damage.Time, Cutter with { FineUntil = -1 }));
    }
}
