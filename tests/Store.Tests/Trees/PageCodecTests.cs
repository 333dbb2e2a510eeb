using System.Diagnostics;
using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

public sealed class PageCodecTests
{
    private readonly MemoryChunks _chunks = new();

    [Theory, InlineData(21), InlineData(22), InlineData(23)]
    public async Task Every_entry_comes_back_as_it_was(int seed)
    {
        SortedDictionary<EntryPath, Entry> map = Maps.Odd(seed, 1000);

        List<Entry> read = await Maps.ToListAsync(
            new TreeReader(_chunks).ScanAsync(Maps.Build(_chunks, map.Values).Root, default, default, default));

        Assert.Equal(map.Values.Select(Maps.Text), read.Select(Maps.Text));
    }

    /// <summary>What can be read at all, is what would have been written: no second encoding of one map.</summary>
    [Fact]
    public void A_changed_byte_is_damage_or_another_page_and_nothing_else()
    {
        List<Entry> odd =
            [.. Maps.Odd(31, 25).Values.Where(entry => entry.Path.Length < 100)], plain = Maps.Folders(20);
        PageLink[] links =
            [.. plain.Select((entry, i) => new PageLink(entry.Path, Maps.SomeChunk(i), i * 1000, i * 99_999L))];
        int refused = 0, valid = 0;
        foreach (byte[] page in (byte[][])[EncodeLeaf(odd), EncodeLeaf(plain), EncodeInner(1, links)])
        {
            for (int i = 0; i < page.Length; i++)
            {
                byte original = page[i];
                foreach (byte value in (byte[])[0, 0x80, 0xFF, (byte)(original + 1), (byte)(original ^ 0x10)])
                {
                    page[i] = value;
                    if (TryRead(page) is not { } read)
                    {
                        refused++;
                        continue;
                    }

                    valid++;
                    Assert.Equal(Convert.ToHexString(page), Convert.ToHexString(
                        read is LeafPage leaf ? EncodeLeaf(leaf.Items) : EncodeInner(
                            read.Height, ((InnerPage)read).Items)));
                }

                page[i] = original;
            }
        }

        Assert.True(refused > 2000 && valid > 2000, $"{refused} refused, {valid} valid");
    }

    [Fact]
    public void A_page_cut_short_or_with_more_behind_it_is_damage()
    {
        Maps.Build(_chunks, Maps.Odd(32, 20).Values);
        foreach (byte[] page in _chunks.All.Take(1))
        {
            for (int length = 0; length < page.Length; length++)
            {
                Assert.Null(TryRead(page.AsSpan(0, length)));
            }

            Assert.Null(TryRead([.. page, 0]));
        }
    }

    [Fact]
    public void Random_bytes_are_refused_quickly()
    {
        var random = new Random(33);
        byte[] bytes = new byte[300];
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 9000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)(i % 3);
            bytes[1] = (byte)(i % 9);
            TryRead(bytes.AsSpan(0, random.Next(bytes.Length)));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("00 00", "no items")]
    [InlineData("01 00", "no children")]
    [InlineData("21 01 00 00", "higher than any page")]
    [InlineData("00 ff ff ff ff 0f 00", "2^32 entries")]
    [InlineData("00 ff ff ff ff ff ff ff ff ff 01 00", "2^64 entries")]
    [InlineData("01 ff ff ff ff ff ff ff ff ff 01 00", "2^64 children")]
    [InlineData("00 ff ff ff ff ff ff ff ff ff 02 00", "more than 64 bits")]
    [InlineData("00 81 00 00 00 02 00", "a count with a needless zero")]
    [InlineData("00 01 01 00 02 00", "shares with nothing")]
    [InlineData("00 01 00 ff ff ff ff 07 02 00", "a path of 2 GiB")]
    [InlineData("00 01 00 00 00 00", "no kind")]
    [InlineData("00 01 00 01 61 02 00", "a folder without a slash")]
    [InlineData("00 01 00 01 61 01 01 00", "a size of 0 written out")]
    [InlineData("00 01 00 01 61 01 01 ff ff ff ff ff ff ff ff ff 01", "a size of 2^64")]
    [InlineData("00 01 00 01 61 01 02 00 80 94 eb dc 03", "10^9 nanoseconds")]
    [InlineData("00 01 00 01 61 01 04 80 20", "mode 010000")]
    [InlineData("00 01 00 01 61 01 40 00", "a file with a link target")]
    [InlineData("00 01 00 01 61 01 80 02 00", "a device that is a file")]
    [InlineData("00 01 00 01 61 01 80 01 01 61", "a hard link to itself")]
    [InlineData("00 01 00 01 61 01 80 04 00", "no attributes, written out")]
    [InlineData("00 01 00 01 61 01 80 04 02 01 62 00 01 61 00", "attributes out of order")]
    [InlineData("00 01 00 01 61 01 80 04 02 01 61 00 01 61 00", "an attribute twice")]
    [InlineData("00 01 00 01 61 01 80 04 01 01 ff 00", "an attribute's name is not UTF-8")]
    [InlineData("00 01 00 01 61 01 80 08 00", "an empty fingerprint written out")]
    [InlineData("00 01 00 01 61 01 80 10 01 ff", "a problem that is not UTF-8")]
    [InlineData("00 01 00 01 61 01 21 05 00 01 0b", "content without digest")]
    [InlineData("00 02 00 01 61 01 00 00 01 61 01 00", "a path twice")]
    [InlineData("00 02 00 01 61 01 00 01 00 01 00", "a path twice, shared")]
    [InlineData("00 02 00 01 62 01 00 00 01 61 01 00", "paths fall")]
    [InlineData("00 02 00 02 61 61 01 00 00 02 61 62 01 00", "less shared than could be")]
    public void What_is_malformed_is_damage(string hex, string what)
    {
        byte[] page = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.True(
            StoreFault.Corrupt == Assert.Throws<StoreException>(() => PageCodec.Read(page, default)).Fault, what);
    }

    [Theory]
    [InlineData("00 01 00 01 61 08 00")]
    [InlineData("00 01 00 01 61 01 80 20")]
    public void Kinds_and_fields_of_later_versions_are_a_newer_format(string hex)
    {
        byte[] page = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(StoreFault.NewerFormat, Assert.Throws<StoreException>(() => PageCodec.Read(page, default)).Fault);
    }

    private static Page? TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return PageCodec.Read(bytes, default);
        }
        catch (StoreException e) when (e.Fault is StoreFault.Corrupt or StoreFault.NewerFormat)
        {
            return null;
        }
    }

    private static byte[] EncodeLeaf(IEnumerable<Entry> entries)
    {
        var builder = new PageBuilder(0, new byte[32]);
        foreach (Entry entry in entries)
        {
            builder.Add(entry);
        }

        return Close(builder);
    }

    private static byte[] EncodeInner(int height, IEnumerable<PageLink> links)
    {
        var builder = new PageBuilder(height, new byte[32]);
        foreach (PageLink link in links)
        {
            builder.Add(link);
        }

        return Close(builder);
    }

    private static byte[] Close(PageBuilder builder)
    {
        var chunks = new MemoryChunks();
        return chunks[builder.Close(chunks).Id];
    }
}
