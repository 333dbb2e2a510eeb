using JadaStore.Store.Model;
using JadaStore.Store.Trees;

namespace JadaStore.Store.Tests.Trees;

public sealed class TreeDiffTests
{
    private readonly MemoryChunks _chunks = new();

    [Theory, InlineData(51, 0), InlineData(52, 1), InlineData(53, 30), InlineData(54, 400), InlineData(55, 2000)]
    public async Task A_diff_is_what_comparing_every_path_would_say(int seed, int edits)
    {
        var random = new Random(seed);
        SortedDictionary<EntryPath, Entry> old = Maps.Odd(seed, 1200);
        var @new = new SortedDictionary<EntryPath, Entry>(old);
        for (int i = 0; i < edits; i++)
        {
            EntryPath path =
                random.Next(2) == 0 ? Maps.OddPath(random, default) : old.Keys.ElementAt(random.Next(old.Count));
            if (random.Next(3) == 0)
            {
                @new.Remove(path);
            }
            else
            {
                @new[path] = Maps.Odd(random, path);
            }
        }

        ChunkId? oldRoot = Maps.Build(_chunks, old.Values).Root, newRoot = Maps.Build(_chunks, @new.Values).Root;
        foreach (string prefix in new[] { "", "a", "a/", "\u00ff" })
        {
            var start = new EntryPath(prefix);
            Assert.Equal(Naive(old, @new, start), await DiffAsync(oldRoot, newRoot, start));
            Assert.Equal(Naive(@new, old, start), await DiffAsync(newRoot, oldRoot, start));
        }
    }

    [Fact]
    public async Task Maps_that_share_nothing_or_are_empty_differ_in_everything()
    {
        SortedDictionary<EntryPath, Entry> map = Maps.Odd(56, 500), none = [];
        ChunkId? root = Maps.Build(_chunks, map.Values).Root;

        Assert.Equal(Naive(none, map, default), await DiffAsync(null, root, default));
        Assert.Equal(Naive(map, none, default), await DiffAsync(root, null, default));
        Assert.Empty(await DiffAsync(root, root, default));
        Assert.Empty(await DiffAsync(null, null, default));
    }

    [Fact]
    public async Task The_cost_follows_the_change()
    {
        var random = new Random(57);
        List<Entry> entries = Maps.Folders(100_000);
        ChunkId? old = Maps.Build(_chunks, entries).Root;
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 10; i++)
            {
                int index = random.Next(entries.Count);
                switch (i % 3)
                {
                    case 0: entries.RemoveAt(index); break;
                    case 1: entries.Insert(index + 1, Maps.File(entries[index].Path.Append("~"u8))); break;
                    default: entries[index] = Maps.File(entries[index].Path, random.Next(1_000_000)); break;
                }
            }

            ChunkId? @new = Maps.Build(_chunks, entries).Root;
            _chunks.Reads = 0;
            List<EntryChange> changes = await Maps.ToListAsync(
                new TreeDiff(_chunks).CompareAsync(old, @new, default, default));

            Assert.Equal(10, changes.Count);
            Assert.InRange(_chunks.Reads, 20, 100);
            old = @new;
        }
    }

    /// <summary>The shapes differ by a level or more; what is shared must still be recognised.</summary>
    [Fact]
    public async Task A_map_that_grew_a_level_is_still_compared_by_pages()
    {
        List<Entry> entries = Maps.Folders(40_000);
        ChunkId? small = Maps.Build(_chunks, entries[..2000]).Root, large = Maps.Build(_chunks, entries).Root;
        int pages = _chunks.Count;
        _chunks.Reads = 0;

        List<EntryChange> changes =
            await Maps.ToListAsync(new TreeDiff(_chunks).CompareAsync(small, large, default, default));

        Assert.Equal(38_000, changes.Count);
        Assert.InRange(_chunks.Reads, 1, pages - 10);
    }

    [Fact]
    public async Task A_prefix_keeps_a_diff_away_from_other_changes()
    {
        List<Entry> entries = Maps.Folders(20_000);
        ChunkId? old = Maps.Build(_chunks, entries).Root;
        ChunkId? @new =
            Maps.Build(_chunks, entries.Select((entry, i) => i % 10 == 0 ? Maps.File(entry.Path, i + 1) : entry)).Root;
        _chunks.Reads = 0;

        List<EntryChange> changes = await Maps.ToListAsync(
            new TreeDiff(_chunks).CompareAsync(old, @new, new EntryPath("project/src/module-00100/"), default));

        Assert.Equal(10, changes.Count);
        Assert.InRange(_chunks.Reads, 4, 12);
    }

    private async Task<List<string>> DiffAsync(ChunkId? old, ChunkId? @new, EntryPath prefix)
    {
        List<EntryChange> changes =
            await Maps.ToListAsync(new TreeDiff(_chunks).CompareAsync(old, @new, prefix, default));
        return [.. changes.Select(Text)];
    }

    private static List<string> Naive(
        SortedDictionary<EntryPath, Entry> old, SortedDictionary<EntryPath, Entry> @new, EntryPath prefix)
    {
        IEnumerable<EntryChange> changes =
            from path in old.Keys.Union(@new.Keys).Order()
            where path.Span.StartsWith(prefix.Span)
            let change = EntryComparison.Compare(old.GetValueOrDefault(path), @new.GetValueOrDefault(path))
            where change is not null
            select change;
        return [.. changes.Select(Text)];
    }

    private static string Text(EntryChange change) =>
        $"{change.Kind} {change.Path}: {Maps.Text(change.Old)} -> {Maps.Text(change.New)}";
}
