using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

public sealed class TreeBuilderTests
{
    private readonly MemoryChunks _chunks = new();

    [Theory, InlineData(1), InlineData(2), InlineData(100), InlineData(3000), InlineData(12_000)]
    public void Pages_are_cut_as_the_format_says(int count)
    {
        List<Entry> entries = Maps.Folders(count);

        TreeSummary tree = Maps.Build(_chunks, entries);

        Assert.Equal(ReferenceTree.Root(new(_chunks), entries), tree.Root);
        Assert.Equal(count, tree.Entries);
        Assert.Equal(entries.Sum(entry => entry.Size), tree.Bytes);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Odd_maps_are_cut_as_the_format_says(int seed)
    {
        SortedDictionary<EntryPath, Entry> map = Maps.Odd(seed, 800);

        Assert.Equal(ReferenceTree.Root(new(_chunks), map.Values), Maps.Build(_chunks, map.Values).Root);
    }

    /// <summary>What jstore does at every snapshot: merge what changed into the map before.</summary>
    [Theory, InlineData(11), InlineData(12)]
    public async Task The_root_does_not_depend_on_how_the_map_came_to_be(int seed)
    {
        var random = new Random(seed);
        SortedDictionary<EntryPath, Entry> wanted = Maps.Odd(seed, 1000);
        var now = new SortedDictionary<EntryPath, Entry>();
        ChunkId? root = null;
        for (int step = 0; step < 12; step++)
        {
            var edits = new SortedDictionary<EntryPath, Entry?>();
            for (int i = 0; i < 150; i++)
            {
                EntryPath path = random.Next(2) == 0 || now.Count == 0
                    ? Maps.OddPath(random, default) : now.Keys.ElementAt(random.Next(now.Count));
                edits[path] = random.Next(3) == 0 ? null : Maps.Odd(random, path);
            }

            (now, root) = await MergeAsync(root, edits);
        }

        var last = new SortedDictionary<EntryPath, Entry?>();
        foreach (EntryPath path in now.Keys.Concat(wanted.Keys))
        {
            last[path] = wanted.GetValueOrDefault(path);
        }

        (_, root) = await MergeAsync(root, last);

        Assert.Equal(Maps.Build(_chunks, wanted.Values).Root, root);
    }

    [Fact]
    public void A_change_rewrites_few_pages()
    {
        List<Entry> entries = Maps.Folders(20_000);
        Maps.Build(_chunks, entries);
        int before = _chunks.Count;

        entries[9000] = Maps.File(entries[9000].Path, 7);
        Maps.Build(_chunks, entries);
        int changed = _chunks.Count - before;
        entries.Insert(12_000, Maps.File(entries[11_999].Path.Append("~"u8)));
        Maps.Build(_chunks, entries);

        Assert.InRange(changed, 3, 6);
        Assert.InRange(_chunks.Count - before - changed, 3, 12);
    }

    [Fact]
    public void An_empty_map_has_no_page()
    {
        Assert.Equal(new TreeSummary(null, 0, 0), Maps.Build(_chunks, []));
        Assert.Equal(0, _chunks.Count);
    }

    [Fact]
    public void Every_page_written_belongs_to_the_map()
    {
        TreeSummary tree = Maps.Build(_chunks, Maps.Folders(5000));

        HashSet<ChunkId> seen = [];
        foreach (Page page in new TreeReader(_chunks).PagesAsync(tree.Root, seen, null, default).ToBlockingEnumerable())
        {
            Assert.Equal(page.Id, _chunks.Write(_chunks[page.Id]));
        }

        Assert.Equal(_chunks.Count, seen.Count);
    }

    /// <summary>Were a page of one child allowed to end, paths of 64 KiB would need levels without end.</summary>
    [Theory, InlineData(5000), InlineData(65_535)]
    public async Task The_longest_paths_still_come_to_one_root(int length)
    {
        var random = new Random(5);
        var entries = new List<Entry>();
        for (int i = 0; i < 40 && i < 800_000 / length; i++)
        {
            byte[] path = new byte[length];
            random.NextBytes(path);
            path[0] = (byte)i;
            entries.Add(Maps.File(new EntryPath(path)));
        }

        TreeSummary tree = Maps.Build(_chunks, entries);

        Assert.Equal(ReferenceTree.Root(new(_chunks), entries), tree.Root);
        List<Entry> read =
            await Maps.ToListAsync(new TreeReader(_chunks).ScanAsync(tree.Root, default, default, default));
        Assert.Equal(entries.Select(Maps.Text), read.Select(Maps.Text));
    }

    [Fact]
    public void Sums_stop_at_the_largest_number()
    {
        Entry huge =
            Maps.File("a") with { Size = long.MaxValue, Content = new Content(0, [Extent.Hole(long.MaxValue)]) };

        TreeSummary tree = Maps.Build(_chunks, [huge, huge with { Path = new EntryPath("b") }]);

        Assert.Equal(long.MaxValue, tree.Bytes);
    }

    [Fact]
    public void Paths_must_rise()
    {
        var builder = new TreeBuilder(_chunks, new byte[32]);
        builder.Add(Maps.File("b"));

        Assert.Throws<ArgumentException>(() => builder.Add(Maps.File("b")));
        Assert.Throws<ArgumentException>(() => builder.Add(Maps.File("a")));
        Assert.Throws<ArgumentException>(() => builder.Add(Maps.File("")));
    }

    [Fact]
    public void A_refused_entry_leaves_no_trace()
    {
        Entry large = Maps.File("b") with { Attributes = [new NamedValue("xattr.user.large", new byte[600_000])] };
        var builder = new TreeBuilder(_chunks, _chunks.Key.DerivePageEdgeKey());
        builder.Add(Maps.File("a"));
        Assert.Equal(StoreFault.Refused, Assert.Throws<StoreException>(() => builder.Add(large)).Fault);
        Assert.Throws<ArgumentException>(() => builder.Add(Maps.File("b") with { Mode = 0x1000 }));
        builder.Add(Maps.File("c"));

        Assert.Equal(Maps.Build(_chunks, [Maps.File("a"), Maps.File("c")]), builder.Finish());
    }

    [Fact]
    public void A_page_of_the_largest_entries_is_still_a_chunk()
    {
        var entries = new List<Entry> { Maps.File("0") };
        for (int i = 1; i < 4; i++)
        {
            entries.Add(Maps.File($"{i}") with { Attributes = [new NamedValue("x", new byte[524_100])] });
        }

        Assert.Equal(4, Maps.Build(_chunks, entries).Entries);
    }

    private async Task<(SortedDictionary<EntryPath, Entry> Map, ChunkId? Root)> MergeAsync(
        ChunkId? root, SortedDictionary<EntryPath, Entry?> edits)
    {
        var merged = new SortedDictionary<EntryPath, Entry>();
        var builder = new TreeBuilder(_chunks, _chunks.Key.DerivePageEdgeKey());
        var cursor = new TreeCursor(_chunks, root);
        Entry? old = await cursor.NextAsync(default);
        foreach ((EntryPath path, Entry? edit) in edits)
        {
            for (; old is not null && old.Path < path; old = await cursor.NextAsync(default))
            {
                Keep(old);
            }

            old = old?.Path == path ? await cursor.NextAsync(default) : old;
            Keep(edit);
        }

        for (; old is not null; old = await cursor.NextAsync(default))
        {
            Keep(old);
        }

        return (merged, builder.Finish().Root);

        void Keep(Entry? entry)
        {
            if (entry is not null)
            {
                merged.Add(entry.Path, entry);
                builder.Add(entry);
            }
        }
    }
}
