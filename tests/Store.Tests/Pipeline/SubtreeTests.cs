using System.Runtime.CompilerServices;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>However a tree is split into subtrees and plain entries, it is captured as if there were none.</summary>
public sealed class SubtreeTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Any_split_gives_the_same_tree_and_what_did_not_change_is_not_looked_into(int seed)
    {
        var random = new Random(seed);
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource files = RandomTree(random);
        for (int round = 0; round < 6; round++)
        {
            string[] folders = RandomFolders(files, random);
            var source = new SubtreeSource(files, folders);
            Snapshot plain = await SnapshotAsync(temp, files, force: true);
            Snapshot split = await SnapshotAsync(temp, source, force: true);
            Assert.Empty(await DiffAsync(temp, plain, split));
            Assert.Equal(folders.Order(StringComparer.Ordinal), source.Expanded.Order(StringComparer.Ordinal));

            source.Expanded.Clear();
            int opened = files.Opened;
            Snapshot carried = await temp.SnapshotAsync(source);
            Assert.Equal(split.Record.Sources[0].Tree, carried.Record.Sources[0].Tree);
            Assert.Empty(source.Expanded);
            Assert.Equal(opened, files.Opened);

            HashSet<string> changed = Change(files, folders, random);
            Snapshot after = await temp.SnapshotAsync(source);
            Assert.Equal(changed.Order(StringComparer.Ordinal), source.Expanded);
            Snapshot truth = await SnapshotAsync(temp, files, force: true);
            Assert.Empty(await DiffAsync(temp, truth, after));
        }
    }

    [Fact]
    public async Task Within_a_subtree_that_changed_only_what_changed_is_read()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource files, SubtreeSource source) = Archive(3000);
        await temp.SnapshotAsync(source);
        int opened = files.Opened;
        files["zip/f1500"] = MemoryFile.Of("changed");

        Snapshot second = await temp.SnapshotAsync(source);

        Assert.Equal(opened + 1, files.Opened);
        Assert.Equal("changed"u8.ToArray(), await temp.ReadAsync(second, "any/zip/f1500"));
        Assert.Equal(["zip/", "zip/"], source.Expanded);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2999), InlineData(3000)]
    public async Task A_listing_that_fails_is_the_folders_problem_and_nothing_seems_removed(int after)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource files, SubtreeSource source) = Archive(3000);
        Snapshot whole = await temp.SnapshotAsync(source);
        files["zip/f7"] = MemoryFile.Of("changed");
        source.FailsAfter["zip/"] = after;

        Snapshot partial = await temp.SnapshotAsync(source);

        SourceError error = Assert.Single(partial.Record.Sources[0].Errors);
        Assert.Equal(new SourceError("zip/", "the archive is cut off"), error);
        Assert.Equal(["local/any/zip.txt", "local/any/zip/", "local/any/zip0"],
            (await temp.EntriesAsync(partial)).Keys.Select(path => path.ToString()));
        List<Change> changes = await DiffAsync(temp, whole, partial);
        Assert.Equal(3001, changes.Count);
        Assert.All(changes, change => Assert.Equal(ChangeKind.Unknown, change.Kind));

        source.FailsAfter.Clear();
        Snapshot again = await temp.SnapshotAsync(source);
        Assert.True(again.Record.Sources[0].Complete);
        Assert.Equal("local/any/zip/f7", Assert.Single(await DiffAsync(temp, whole, again)).Path.ToString());
    }

    /// <summary>The fingerprint is the same as before; what failed is tried again all the same.</summary>
    [Fact]
    public async Task What_could_not_be_read_below_is_tried_again_though_nothing_changed()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource files, SubtreeSource source) = Archive(50);
        files["zip/f20"] = files["zip/f20"] with { ReadFault = "the network" };
        Snapshot partial = await temp.SnapshotAsync(source);
        files["zip/f20"] = files["zip/f20"] with { ReadFault = null };
        int opened = files.Opened;

        Snapshot whole = await temp.SnapshotAsync(source);

        Assert.False(partial.Record.Sources[0].Complete);
        Assert.True(whole.Record.Sources[0].Complete);
        Assert.Equal(opened + 1, files.Opened);
        Assert.Equal("content 20"u8.ToArray(), await temp.ReadAsync(whole, "any/zip/f20"));
        await temp.SnapshotAsync(source);
        Assert.Equal(2, source.Expanded.Count);
    }

    [Theory, InlineData(true, 0.001), InlineData(true, 0.5), InlineData(false, 0)]
    public async Task What_the_repository_lost_below_is_captured_again_though_nothing_changed(bool pages, double at)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource files, SubtreeSource source) = Archive(5000);
        await temp.SnapshotAsync(source);
        string pack = Directory.GetFiles(Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories)
            .Single(path => (File.ReadAllBytes(path)[9] == 1) == pages);
        if (pages)
        {
            byte[] bytes = File.ReadAllBytes(pack);
            bytes[200 + (int)(at * bytes.Length)] ^= 1;
            File.WriteAllBytes(pack, bytes);
        }
        else
        {
            File.Delete(pack);
        }

        await temp.ReopenAsync();
        Snapshot healed = await temp.SnapshotAsync(source);

        Assert.Equal(2, source.Expanded.Count);
        await temp.ReopenAsync();
        SortedDictionary<EntryPath, Entry> entries = await temp.EntriesAsync(healed);
        Assert.Equal(files.Paths.Select(path => new EntryPath("local/any/").Append(path.Span)), entries.Keys);
        Assert.Equal("content 4999"u8.ToArray(), await temp.ReadAsync(healed, "any/zip/f4999"));
    }

    [Theory]
    [InlineData("zip/", "zip/b", "zip/a")]
    [InlineData("zip/", "zip/b", "zip/b")]
    [InlineData("zip/", "zip/")]
    [InlineData("zip/", "other")]
    [InlineData("zip/", "zip0")]
    [InlineData("zip")]
    [InlineData("")]
    public async Task A_subtree_that_leaves_its_folder_or_the_order_is_refused(string folder, params string[] below)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => temp.SnapshotAsync(new Bad(folder, below,
            null)));

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Empty(await temp.Store.ListAsync(default));
    }

    [Fact]
    public async Task Nothing_else_can_be_listed_below_a_subtree_even_where_it_is_carried_over()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.SnapshotAsync(new Bad("zip/", ["zip/a"], null));

        await Assert.ThrowsAsync<StoreException>(() => temp.SnapshotAsync(new Bad("zip/", ["zip/a"], "zip/b")));
    }

    [Fact]
    public async Task A_silent_change_below_is_found_and_a_plain_one_is_none()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        (MemorySource files, SubtreeSource source) = Archive(100);
        Snapshot snapshot = await temp.SnapshotAsync(source);
        Assert.Empty((await VerifyAsync(temp, source, snapshot, 1)).Differing);
        Assert.Equal(2, source.Expanded.Count);
        files["zip/f5"] = files["zip/f5"] with { Bytes = "CONTENT 5"u8.ToArray() };

        VerifySourceReport silent = await VerifyAsync(temp, source, snapshot, 1);
        files["zip/f6"] = MemoryFile.Of("CONTENT 6");
        VerifySourceReport plain = await VerifyAsync(temp, source, snapshot, 1);

        Assert.Equal(new SourceDifference("local/any/zip/f5", "content"), Assert.Single(silent.Differing));
        Assert.Equal((103, 103), (silent.Entries, silent.Checked));
        Assert.Empty(plain.Differing);
        Assert.Equal(3, source.Expanded.Count);
    }

    [Fact]
    public async Task A_share_takes_subtrees_as_a_whole_and_what_cannot_be_listed_is_named()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var files = new MemorySource("local/any");
        string[] folders = [.. Enumerable.Range(0, 200).Select(i => $"zip{i:000}/")];
        foreach (string folder in folders)
        {
            files[folder] = MemoryFile.Folder();
            files[folder + "a"] = MemoryFile.Of("a");
            files[folder + "b"] = MemoryFile.Of("b");
        }

        var source = new SubtreeSource(files, folders);
        Snapshot snapshot = await temp.SnapshotAsync(source);
        source.Expanded.Clear();

        VerifySourceReport report = await VerifyAsync(temp, source, snapshot, 0.2);

        Assert.InRange(source.Expanded.Count, 20, 60);
        Assert.Equal(3 * source.Expanded.Count, report.Checked);
        source.FailsAfter["zip007/"] = 1;
        VerifySourceReport failed = await VerifyAsync(temp, source, snapshot, 1);
        Assert.Equal(new SourceError("local/any/zip007/", "the archive is cut off"), Assert.Single(failed.Errors));
        Assert.Empty(failed.Differing);
    }

    /// <summary>One subtree and what sorts around it.</summary>
    private static (MemorySource Files, SubtreeSource Source) Archive(int count)
    {
        var files = new MemorySource("local/any")
        {
            ["zip.txt"] = MemoryFile.Of("before"),
            ["zip/"] = MemoryFile.Folder(),
            ["zip0"] = MemoryFile.Of("behind"),
        };
        for (int i = 0; i < count; i++)
        {
            files[$"zip/f{i}"] = MemoryFile.Of($"content {i}");
        }

        return (files, new SubtreeSource(files, "zip/"));
    }

    private static MemorySource RandomTree(Random random)
    {
        var files = new MemorySource("local/any");
        string[] names = ["a", "a-b", "a.b", "a0", "b", "ä", "!", "~"];
        for (int i = 0; i < 400; i++)
        {
            string path = "";
            for (int depth = random.Next(4); depth > 0; depth--)
            {
                path += names[random.Next(names.Length)] + "/";
                files[path] = MemoryFile.Folder();
            }

            files[$"{path}{names[random.Next(names.Length)]}{random.Next(20)}"] = RandomFile(random);
        }

        return files;
    }

    private static MemoryFile RandomFile(Random random)
    {
        byte[] bytes = new byte[random.Next(20) == 0 ? random.Next(700_000) : random.Next(300)];
        random.NextBytes(bytes);
        return random.Next(10) == 0
            ? new MemoryFile { Kind = EntryKind.Symlink, LinkTarget = [(byte)'x'] } : MemoryFile.Of(bytes);
    }

    // None within another.
    private static string[] RandomFolders(MemorySource files, Random random)
    {
        var chosen = new List<EntryPath>();
        foreach (EntryPath path in files.Paths.Where(path => path.IsFolder))
        {
            if (random.Next(3) == 0 && !chosen.Exists(folder => path.IsAtOrBelow(folder)))
            {
                chosen.Add(path);
            }
        }

        return [.. chosen.Select(path => path.ToString())];
    }

    // The subtrees that it changed.
    private static HashSet<string> Change(MemorySource files, string[] folders, Random random)
    {
        var changed = new HashSet<string>();
        EntryPath[] all = [.. files.Paths.Where(path => !path.IsFolder)];
        for (int i = 0; i < 10; i++)
        {
            EntryPath path = all[random.Next(all.Length)];
            switch (random.Next(3))
            {
                case 0:
                    files[path] = RandomFile(random);
                    break;
                case 1:
                    files.Remove(path);
                    break;
                default:
                    path = path.Append("+"u8);
                    files[path] = RandomFile(random);
                    break;
            }

            changed.UnionWith(folders.Where(folder => path.IsAtOrBelow(new EntryPath(folder))));
        }

        return changed;
    }

    private static Task<Snapshot> SnapshotAsync(TempRepository temp, ICollector source, bool force) =>
        temp.Store.SnapshotAsync(new SnapshotRequest { Sources = [source], Force = force }, null, default);

    private static Task<VerifySourceReport> VerifyAsync(
        TempRepository temp, ICollector source, Snapshot snapshot, double share) =>
        temp.Store.VerifySourceAsync(
            new VerifySourceRequest { Sources = [source], Snapshot = snapshot, Share = share }, null, default);

    private static async Task<List<Change>> DiffAsync(TempRepository temp, Snapshot older, Snapshot newer) =>
        await temp.Store.DiffAsync(older, newer, [], default).ToListAsync();

    /// <summary>A subtree that may break its promises, and one entry behind it.</summary>
    private sealed class Bad(string folder, string[] below, string? behind) : ICollector
    {
        public string Root => "local/bad";

        public IReadOnlyList<string> Excluded => [];

        public async IAsyncEnumerable<SourceEntry> CollectAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new BadSubtree(below)
            {
                Path = new EntryPath(folder), Kind = EntryKind.Folder, Fingerprint = [1],
            };
            if (behind is not null)
            {
                yield return new SourceFault { Path = new EntryPath(behind), Kind = EntryKind.File, Message = "x" };
            }
        }
    }

    private sealed class BadSubtree(string[] below) : SourceSubtree
    {
        public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) =>
            new(new Entry { Path = Path, Kind = EntryKind.Folder, Fingerprint = Fingerprint });

        public override IAsyncEnumerable<SourceEntry> ExpandAsync(CancellationToken cancellationToken) =>
            below.Select(path => (SourceEntry)new BadLink { Path = new EntryPath(path), Kind = EntryKind.Symlink })
                .ToAsyncEnumerable();
    }

    private sealed class BadLink : SourceEntry
    {
        public override ValueTask<Entry> DescribeAsync(CancellationToken cancellationToken) =>
            new(new Entry { Path = Path, Kind = Kind, LinkTarget = [1] });
    }
}
