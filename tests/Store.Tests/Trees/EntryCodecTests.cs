using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

public sealed class EntryCodecTests
{
    private static readonly Entry s_file = Maps.File("b");

    public static TheoryData<string, Entry> Impossible => new()
    {
        { "a path above 65,535 bytes", s_file with { Path = new EntryPath(new byte[65_536]) } },
        { "a folder without a slash", new Entry { Path = new EntryPath("b"), Kind = EntryKind.Folder } },
        { "a negative size", s_file with { Size = -1 } },
        { "a folder with a size", new Entry { Path = new EntryPath("b/"), Kind = EntryKind.Folder, Size = 1 } },
        { "a link with a digest", s_file with { Kind = EntryKind.Symlink, Size = 0 } },
        { "nanoseconds of a second", s_file with { ModifiedTime = new FileTime(0, 1_000_000_000) } },
        { "mode 010000", s_file with { Mode = 0x1000 } },
        { "a file with a link target", s_file with { LinkTarget = [] } },
        { "a file with device numbers", s_file with { Device = new DeviceNumber(1, 1) } },
        { "a hard link to itself", s_file with { HardLink = s_file.Path } },
        { "a hard link to what comes later", s_file with { HardLink = new EntryPath("c") } },
        { "a large file without content", s_file with { Size = (1 << 20) + 1 } },
        { "content without digest", s_file with { Digest = null, Size = 5, Content = new Content(0, [Extent.Hole(5)]) } },
        { "no extents", s_file with { Content = new Content(0, []) } },
        { "extents that sum to less", s_file with { Size = 5, Content = new Content(0, [Extent.Hole(4)]) } },
        { "extents that sum to more", s_file with { Size = 5, Content = new Content(0, [Extent.Hole(3), Extent.Hole(long.MaxValue)]) } },
        { "an empty extent", s_file with { Size = 5, Content = new Content(0, [Extent.Hole(5), Extent.Hole(0)]) } },
        { "a chunk above 1 MiB", s_file with { Size = (1 << 20) + 1, Content = new Content(0, [Extent.Chunk(default, (1 << 20) + 1)]) } },
        { "a list that is a hole", s_file with { Content = new Content(1, [Extent.Hole(5)]) } },
        { "depth 4", s_file with { Content = new Content(4, [Extent.Chunk(default, 5)]) } },
        { "4,097 extents", s_file with { Size = 4097, Content = new Content(0, [.. Enumerable.Repeat(Extent.Hole(1), 4097)]) } },
        { "an attribute twice", s_file with { Attributes = [new NamedValue("a", [1]), new NamedValue("a", [1])] } },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void What_could_not_be_read_is_not_written(string what, object entry)
    {
        var e = Record.Exception(() => EntryCodec.Write(new ByteWriter(), (Entry)entry));

        Assert.True(e is ArgumentException, what);
    }

    [Theory]
    [InlineData(0L, 0), InlineData(-1L, 999_999_999), InlineData(long.MaxValue, 1), InlineData(long.MinValue, 0)]
    public void Every_time_comes_back(long seconds, int nanoseconds)
    {
        Entry entry = s_file with { ModifiedTime = new FileTime(seconds, nanoseconds) };

        Assert.Equal(entry.ModifiedTime, Read(Write(entry)).ModifiedTime);
    }

    [Fact]
    public void Attributes_are_written_in_byte_order_however_they_come()
    {
        NamedValue a = new("a", [1]), b = new("b", []), astral = new("\U0001F600", [2]), bmp = new("\uFF5E", [3]);

        byte[] one = Write(s_file with { Attributes = [a, b, astral, bmp] });

        Assert.Equal(one, Write(s_file with { Attributes = [bmp, b, a, astral] }));
        Assert.Equal(["a", "b", "\uFF5E", "\U0001F600"], Read(one).Attributes.Select(attribute => attribute.Name));
        Assert.Equal(Write(s_file with { Attributes = [a, b] }), Write(s_file with { Attributes = [b, a] }));
    }

    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(127UL, "7F")]
    [InlineData(128UL, "8001")]
    [InlineData(16_384UL, "808001")]
    [InlineData(1UL << 63, "80808080808080808001")]
    [InlineData(ulong.MaxValue, "FFFFFFFFFFFFFFFFFF01")]
    public void Numbers_are_leb128(ulong value, string hex)
    {
        var writer = new ByteWriter();
        writer.WriteVarint(value);
        var reader = new ByteReader(writer.Written, default);

        Assert.Equal(hex, Convert.ToHexString(writer.Written));
        Assert.Equal(value, reader.ReadVarint());
        reader.ExpectEnd();
    }

    private static byte[] Write(Entry entry)
    {
        var writer = new ByteWriter();
        EntryCodec.Write(writer, entry);
        return writer.Written.ToArray();
    }

    private static Entry Read(byte[] bytes)
    {
        var reader = new ByteReader(bytes, default);
        Entry entry = EntryCodec.Read(ref reader, s_file.Path);
        reader.ExpectEnd();
        return entry;
    }
}
