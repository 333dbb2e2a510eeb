using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

public sealed class TreeReaderTests
{
    private readonly MemoryChunks _chunks = new();

    [Fact]
    public async Task A_scan_can_begin_at_every_path_and_between_them()
    {
        List<Entry> entries = [.. Maps.Odd(41, 300).Values];
        ChunkId? root = Maps.Build(_chunks, entries).Root;
        var reader = new TreeReader(_chunks);
        for (int i = 0; i < entries.Count; i++)
        {
            Assert.Equal(Maps.Text(entries[i]), Maps.Text(await FirstAsync(entries[i].Path)));
            EntryPath between = entries[i].Path.Append([0]);
            Entry? next = entries.Find(entry => entry.Path >= between);
            Assert.Equal(Maps.Text(next), Maps.Text(await FirstAsync(between)));
            Assert.Equal(next?.Path == between, await reader.FindAsync(root, between, default) is not null);
            Assert.Equal(Maps.Text(entries[i]), Maps.Text(await reader.FindAsync(root, entries[i].Path, default)));
        }

        async Task<Entry?> FirstAsync(EntryPath from)
        {
            await foreach (Entry entry in reader.ScanAsync(root, from, default, default))
            {
                return entry;
            }

            return null;
        }
    }

    [Fact]
    public async Task A_cursor_seeks_forwards_and_backwards()
    {
        List<Entry> entries = [.. Maps.Odd(42, 800).Values];
        var cursor = new TreeCursor(_chunks, Maps.Build(_chunks, entries).Root);
        var random = new Random(42);
        for (int i = 0; i < 600; i++)
        {
            int index = random.Next(entries.Count);
            EntryPath from = random.Next(2) == 0 ? entries[index].Path : Maps.OddPath(random, entries[index].Path);
            await cursor.SeekAsync(from, default);
            int at = entries.FindIndex(entry => entry.Path >= from);
            for (int n = 0; n < 3; n++)
            {
                Entry? expected = at >= 0 && at + n < entries.Count ? entries[at + n] : null;
                Assert.Equal(expected?.Path, (await cursor.NextAsync(default))?.Path);
            }
        }
    }

    [Theory, InlineData("a"), InlineData("a/"), InlineData("b")]
    [InlineData("project/src/module-00007/"), InlineData("project/src/module-00010/file-50.cs")]
    public async Task A_prefix_bounds_a_scan(string prefix)
    {
        List<Entry> entries = [.. Maps.Odd(43, 300).Values, .. Maps.Folders(3000)];
        entries = [.. entries.DistinctBy(entry => entry.Path).OrderBy(entry => entry.Path)];
        ChunkId? root = Maps.Build(_chunks, entries).Root;

        List<Entry> found = await Maps.ToListAsync(
            new TreeReader(_chunks).ScanAsync(root, default, new EntryPath(prefix), default));

        Assert.Equal(
            entries.Where(entry => entry.Path.Span.StartsWith(new EntryPath(prefix).Span)).Select(entry => entry.Path),
            found.Select(entry => entry.Path));
    }

    [Fact]
    public async Task One_entry_costs_one_page_a_height()
    {
        List<Entry> entries = Maps.Folders(30_000);
        ChunkId? root = Maps.Build(_chunks, entries).Root;
        var reader = new TreeReader(_chunks);
        for (int i = 0; i < entries.Count; i += 1997)
        {
            _chunks.Reads = 0;
            Assert.NotNull(await reader.FindAsync(root, entries[i].Path, default));
            Assert.Null(await reader.FindAsync(root, entries[i].Path.Append("x"u8), default));
            Assert.InRange(_chunks.Reads, 2, 8);
        }
    }

    [Fact]
    public async Task Entries_in_memory_come_at_once()
    {
        var cursor = new TreeCursor(_chunks, Maps.Build(_chunks, Maps.Folders(2000)).Root);
        int count = 0;
        while (true)
        {
            ValueTask<Entry?> next = cursor.NextAsync(default);
            Assert.True(next.IsCompletedSuccessfully);
            if (await next is null)
            {
                break;
            }

            count++;
        }

        Assert.Equal(2000, count);
    }

    [Fact]
    public async Task An_empty_map_has_nothing()
    {
        var reader = new TreeReader(_chunks);

        Assert.Empty(await Maps.ToListAsync(reader.ScanAsync(null, default, default, default)));
        Assert.Null(await reader.FindAsync(null, default, default));
        Assert.Empty(await Maps.ToListAsync(reader.PagesAsync(null, [], null, default)));
        Assert.Null(await new TreeCursor(_chunks, null).NextAsync(default));
    }

    [Fact]
    public async Task Pages_that_maps_share_are_read_once()
    {
        List<Entry> entries = Maps.Folders(10_000);
        ChunkId? first = Maps.Build(_chunks, entries).Root;
        int pages = _chunks.Count;
        entries[5000] = Maps.File(entries[5000].Path, 5);
        ChunkId? second = Maps.Build(_chunks, entries).Root;
        var reader = new TreeReader(_chunks);
        HashSet<ChunkId> seen = [];

        Assert.Equal(pages, (await Maps.ToListAsync(reader.PagesAsync(first, seen, null, default))).Count);
        Assert.Equal(
            _chunks.Count - pages, (await Maps.ToListAsync(reader.PagesAsync(second, seen, null, default))).Count);
        Assert.Equal(_chunks.Count, _chunks.Reads);
    }

    [Fact]
    public async Task A_missing_page_costs_only_what_is_below_it()
    {
        List<Entry> entries = Maps.Folders(5000);
        ChunkId? root = Maps.Build(_chunks, entries).Root;
        var reader = new TreeReader(_chunks);
        List<Page> pages = await Maps.ToListAsync(reader.PagesAsync(root, [], null, default));
        Page lost = pages.First(page => page.PathOf(0) > entries[2000].Path);
        _chunks.Remove(lost.Id);

        var damaged = new List<ChunkId>();
        long left = 0;
        await foreach (Page page in reader.PagesAsync(root, [], (link, _, _) => damaged.Add(link.Id), default))
        {
            left += page is LeafPage ? page.Count : 0;
        }

        Assert.Equal([lost.Id], damaged);
        Assert.Equal(5000 - lost.Entries, left);
        await Assert.ThrowsAsync<StoreException>(
            () => Maps.ToListAsync(reader.ScanAsync(root, default, default, default)));
    }

    /// <summary>A page may be well formed and authentic, and still not be what stands in that place.</summary>
    [Fact]
    public async Task A_page_that_does_not_fit_its_parent_is_damage()
    {
        PageLink leafA = Leaf("a", "b"), leafB = Leaf("c", "d");
        PageLink[][] forged =
        [
            [leafA with { Entries = 3 }, leafB],
            [leafA with { Bytes = 1 }, leafB],
            [leafA with { First = new EntryPath("A") }, leafB],
            [Leaf("a", "c"), leafB],
            [leafA, leafB with { Id = Inner([leafB]) }],
        ];

        foreach (PageLink[] links in forged)
        {
            ChunkId root = Inner(links);
            var e = await Assert.ThrowsAsync<StoreException>(
                () => Maps.ToListAsync(new TreeReader(_chunks).ScanAsync(root, default, default, default)));
            Assert.Equal(StoreFault.Corrupt, e.Fault);
        }

        ChunkId sound = Inner([leafA, leafB]);
        List<Entry> all = await Maps.ToListAsync(new TreeReader(_chunks).ScanAsync(sound, default, default, default));
        Assert.Equal(4, all.Count);
    }

    private PageLink Leaf(params string[] paths)
    {
        var builder = new PageBuilder(0, new byte[32]);
        foreach (string path in paths)
        {
            builder.Add(Maps.File(path));
        }

        return builder.Close(_chunks);
    }

    private ChunkId Inner(PageLink[] links)
    {
        var builder = new PageBuilder(1, new byte[32]);
        foreach (PageLink link in links)
        {
            builder.Add(link);
        }

        return builder.Close(_chunks).Id;
    }
}
