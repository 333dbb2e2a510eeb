using System.Text;
using JadaStore.Store.Chunking;
using JadaStore.Store.Sealing;

namespace JadaStore.Store.Tests.Sealing;

public sealed class RepositoryConfigTests
{
    private static readonly ChunkerOptions Chunker = new() { Min = 1000, Average = 4096, Max = 65_000 };

    /// <summary>The mac was computed by another program, from docs/format.md and <c>b3sum</c>.</summary>
    private const string Pinned =
        """
        {"format":1,"repository_id":"404142434445464748494a4b4c4d4e4f","created":"2026-11-05T06:07:08.9Z","chunker":{"algorithm":"fastcdc-1","min":32768,"average":131072,"max":1048576}}
        f07405bf78ef0fe93f52cc0803302bf4cce03b5da79dd7acefa61664413198fa

        """;

    [Fact]
    public void Writes_and_reads_the_bytes_that_are_pinned()
    {
        byte[] bytes = new RepositoryConfig(Damage.Repository, Damage.Time, new ChunkerOptions()).Encode(Damage.Master());
        Assert.Equal(Pinned, Encoding.UTF8.GetString(bytes));

        RepositoryConfig config = RepositoryConfig.Parse(bytes);
        config.CheckMac(Damage.Master());
        Assert.Equal(
            (Damage.Repository, Damage.Time, new ChunkerOptions()), (config.RepositoryId, config.Created, config.Chunker));
        Assert.Equal(bytes, config.Encode(Damage.Master()));
    }

    [Fact]
    public void What_was_written_comes_back()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)).AddTicks(1234567);
        RepositoryConfig config = RepositoryConfig.Parse(
            new RepositoryConfig(Damage.Repository, time, Chunker).Encode(Damage.Master()));

        config.CheckMac(Damage.Master());
        Assert.Equal((time, TimeSpan.Zero, Chunker), (config.Created, config.Created.Offset, config.Chunker));
    }

    [Fact]
    public void No_damaged_config_passes()
    {
        byte[] bytes = new RepositoryConfig(Damage.Repository, Damage.Time, Chunker).Encode(Damage.Master());
        using MasterKey master = Damage.Master();
        foreach (byte[] damaged in Damage.Of(bytes).Concat(Damage.Random(bytes, seed: 3, count: 2_000)))
        {
            if (!damaged.AsSpan().SequenceEqual(bytes) && Damage.Try(() => RepositoryConfig.Parse(damaged)) is { } config)
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
    [InlineData("{\"algorithm\":\"fastcdc-1\",\"min\":32768,\"average\":131072,\"max\":1048576}", "null")]
    [InlineData("98fa\n", "98FA\n")]
    [InlineData("98fa\n", "98fa")]
    [InlineData("98fa\n", "98fa\n\n")]
    [InlineData("}}\nf0", "}}\r\nf0")]
    public void A_config_that_says_what_may_not_be_is_refused(string what, string instead)
    {
        string text = Pinned.Replace(what, instead, StringComparison.Ordinal);

        Assert.NotEqual(Pinned, text);
        Damage.IsFound(() => RepositoryConfig.Parse(Encoding.UTF8.GetBytes(text)).CheckMac(Damage.Master()));
    }

    [Fact]
    public void Sizes_with_problems_are_refused_before_they_are_written()
    {
        Assert.Throws<ArgumentException>(() => new RepositoryConfig(Damage.Repository, Damage.Time, Chunker with { Min = 1 }));
    }
}
