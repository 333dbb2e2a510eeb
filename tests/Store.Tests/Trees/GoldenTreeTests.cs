using System.Globalization;
using System.Text;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

/// <summary>
/// Pages of format 1, under a master key of zeros. The bytes were made from docs/format.md by another program, with
/// <c>b3sum</c> for the hashes. They never change: whoever changes them has made a format 2.
/// </summary>
public sealed class GoldenTreeTests
{
    private const string SmallPage =
        "000a0000020e09ff93ebdc03ed03e807ffffffff0f00016101970c0580c49fd50c00a4030101010101010101010101010101010101010101"
        + "010101010101010101010101020e73332e436f6e74656e745479706509746578742f68746d6c0773332e455461670200ff02010201012f02"
        + "0002022f620131ec863d02020202020202020202020202020202020202020202020202020202020202020003c80103030303030303030303"
        + "0303030303030303030303030303030303030303030381897a90030404040404040404040404040404040404040404040404040404040404"
        + "0404040201630131808080808020050505050505050505050505050505050505050505050505050505050505050502018c01060606060606"
        + "0606060606060606060606060606060606060606060606060606000468617264019001010101010101010101010101010101010101010101"
        + "0101010101010101010101016100046c696e6b0340042e2e2f7800036e756c068402b60301030006756e72656164018010067a753a20c3a9"
        + "0002fffe0400";

    private readonly MemoryChunks _chunks = new();

    [Fact]
    public async Task A_small_map_is_this_page()
    {
        Entry[] entries = Small();

        ChunkId root = Maps.Build(_chunks, entries).Root!.Value;
        List<Entry> read = await Maps.ToListAsync(new TreeReader(_chunks).ScanAsync(root, default, default, default));

        Assert.Equal(SmallPage, Convert.ToHexStringLower(_chunks[root]));
        Assert.Equal("d7e3454b5ce5c088a47fa631ec4dfbee9d19f637b8432fa3f2cdabeacbf3534c", root.ToString());
        Assert.Equal(entries.Select(Maps.Text), read.Select(Maps.Text));
    }

    [Fact]
    public void A_map_of_3000_entries_has_this_root()
    {
        TreeSummary tree = Maps.Build(_chunks, Enumerable.Range(0, 3000).Select(i => new Entry
        {
            Path = new EntryPath(string.Create(CultureInfo.InvariantCulture, $"dir-{i / 50:D3}/file-{i % 50:D2}.txt")),
            Kind = EntryKind.File,
            Size = i,
            ModifiedTime = new FileTime(1_700_000_000 - (i * 1_000_000L), i),
            Mode = 0x1A4,
            Digest = Repeated(i),
        }));

        Assert.Equal("b1a5263c62356167f09dfd84986f5925217fd4c49fee241d46ce69e3edae03ec", tree.Root.ToString());
        Assert.Equal(4_498_500, tree.Bytes);
    }

    private static Entry[] Small() =>
    [
        new()
        {
            Path = new EntryPath(""), Kind = EntryKind.Folder, ModifiedTime = new FileTime(-5, 999_999_999),
            Mode = 0x1ED, Owner = new Owner(1000, uint.MaxValue),
        },
        new()
        {
            Path = new EntryPath("a"), Kind = EntryKind.File, Size = 5, ModifiedTime = new FileTime(1_700_000_000, 0),
            Mode = 0x1A4, Digest = Repeated(1), Fingerprint = [1, 2],
            Attributes =
                [new NamedValue("s3.ContentType", Encoding.UTF8.GetBytes("text/html")), new NamedValue("s3.ETag", [0, 255])],
        },
        new() { Path = new EntryPath("a/"), Kind = EntryKind.Folder },
        new()
        {
            Path = new EntryPath("a//b"), Kind = EntryKind.File, Size = 1_000_300, Digest = Repeated(2),
            Content = new Content(0,
                [
                    Extent.Chunk(new ChunkId(Repeated(3)), 100), Extent.Hole(1_000_000),
                    Extent.Chunk(new ChunkId(Repeated(4)), 200),
                ]),
        },
        new()
        {
            Path = new EntryPath("a/c"), Kind = EntryKind.File, Size = 1L << 40, Digest = Repeated(5),
            Content = new Content(2, [Extent.Chunk(new ChunkId(Repeated(6)), 70)]),
        },
        new()
        {
            Path = new EntryPath("hard"), Kind = EntryKind.File, Digest = Repeated(1), HardLink = new EntryPath("a"),
        },
        new() { Path = new EntryPath("link"), Kind = EntryKind.Symlink, LinkTarget = [.. "../x"u8] },
        new() { Path = new EntryPath("nul"), Kind = EntryKind.CharacterDevice, Mode = 0x1B6, Device = new DeviceNumber(1, 3) },
        new() { Path = new EntryPath("unread"), Kind = EntryKind.File, Problem = "zu: é" },
        new() { Path = new EntryPath([0xFF, 0xFE]), Kind = EntryKind.Pipe },
    ];

    private static Digest Repeated(int number) => new(Enumerable.Repeat((byte)number, 32).ToArray());
}
