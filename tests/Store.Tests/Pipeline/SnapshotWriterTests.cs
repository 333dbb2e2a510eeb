using JadaStore.Store.Hashing;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class SnapshotWriterTests
{
    /// <summary>
    /// Sizes around every boundary: empty, one chunk, several, several segments; with holes; in odd portions.
    /// </summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Whatever_goes_in_comes_out(int seed)
    {
        var random = new Random(seed);
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("local/any");
        int[] sizes = [0, 1, 1023, 1024, 1025, 32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1, 128 * 1024, 512 * 1024, 512 * 1024 + 1, 1 << 20, (2 << 20) - 1, 2 << 20, (2 << 20) + 1, 7_000_000];
        foreach (int size in sizes)
        {
            byte[] bytes = new byte[size];
            random.NextBytes(bytes);
            source[$"{random.Next(1000)}/{random.Next(10)}/f{size}"] =
                MemoryFile.Of(bytes) with { ReadSize = random.Next(1, 1 << 20) };
            source[$"holes/{size}"] =
                MemoryFile.Of(bytes) with { HoleAfter = random.Next(size + 1), HoleLength = random.Next(1, 5_000_000) };
        }

        for (int i = 0; i < 300; i++)
        {
            byte[] name = new byte[random.Next(1, 40)];
            random.NextBytes(name);
            source[new EntryPath(name)] = MemoryFile.Of(new string((char)('a' + (i % 26)), random.Next(5000)));
        }

        Snapshot snapshot = await temp.SnapshotAsync(source);

        Assert.True(snapshot.Record.Sources[0].Complete);
        SortedDictionary<EntryPath, Entry> entries = await temp.EntriesAsync(snapshot);
        Assert.Equal(source.Paths.Select(path => new EntryPath("local/any/").Append(path.Span)), entries.Keys);
        foreach (EntryPath path in source.Paths)
        {
            Entry entry = entries[new EntryPath("local/any/").Append(path.Span)];
            byte[] whole = source[path].Whole();
            var bytes = new MemoryStream();
            await temp.Store.CopyContentAsync(entry, bytes, default);
            Assert.Equal(whole, bytes.ToArray());
            Assert.Equal(Blake3.Hash(whole), entry.Digest);
            Assert.Equal(whole.Length, entry.Size);
        }

        VerifyReport report = await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default);
        Assert.True(report.Ok, string.Join('\n', report.Problems));
    }

    [Fact]
    public async Task What_did_not_change_is_not_opened()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Many(500);
        Snapshot first = await temp.SnapshotAsync(source);
        int opened = source.Opened;
        source["f250"] = MemoryFile.Of("changed");

        await temp.ReopenAsync();
        Snapshot second = await temp.SnapshotAsync(source);

        Assert.Equal(opened + 1, source.Opened);
        Assert.Equal("changed"u8.ToArray(), await temp.ReadAsync(second, "any/f250"));
        Assert.Equal("content 250"u8.ToArray(), await temp.ReadAsync(first, "any/f250"));
        Assert.Equal(first.Id.ToString(), second.Record.Parent);
        Assert.Equal(["v1.0", "v1.1"], (await temp.Store.ListAsync(default)).Select(s => s.Record.Name));
    }

    [Fact]
    public async Task A_source_that_did_not_change_adds_nothing_and_keeps_its_root()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Many(3000);
        Snapshot first = await temp.SnapshotAsync(source);

        Snapshot second = await temp.SnapshotAsync(source);
        Snapshot forced =
            await temp.Store.SnapshotAsync(new SnapshotRequest { Sources = [source], Force = true }, null, default);

        Assert.Equal(first.Record.Sources[0].Tree, second.Record.Sources[0].Tree);
        Assert.Equal(first.Record.Sources[0].Tree, forced.Record.Sources[0].Tree);
        Assert.Equal(0, second.Record.StoredBytes);
        Assert.Equal(0, forced.Record.StoredBytes);
    }

    [Fact]
    public async Task Equal_content_is_stored_once()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] bytes = new byte[3_000_000];
        new Random(5).NextBytes(bytes);
        var source = new MemorySource("local/any");
        for (int i = 0; i < 10; i++)
        {
            source[$"copy{i}"] = MemoryFile.Of(bytes);
        }

        Snapshot snapshot = await temp.SnapshotAsync(source);

        Assert.Equal(bytes.Length, snapshot.Record.AddedBytes);
        Assert.Equal(bytes, await temp.ReadAsync(snapshot, "any/copy9"));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_rest_is_captured()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Many(20);
        source["f10"] = new MemoryFile { ReadFault = "permission denied" };
        source["locked/"] = MemoryFile.Folder() with { Fault = "cannot be listed" };

        Snapshot snapshot = await temp.SnapshotAsync(source);

        SnapshotSource taken = snapshot.Record.Sources[0];
        Assert.False(taken.Complete);
        Assert.Equal(
            ["f10: permission denied", "locked/: cannot be listed"],
            taken.Errors.Select(e => $"{e.Path}: {e.Message}"));
        Assert.Equal("content 11"u8.ToArray(), await temp.ReadAsync(snapshot, "any/f11"));
    }

    [Theory, InlineData(1, true), InlineData(100, false)]
    public async Task A_file_that_changes_while_it_is_read_is_read_again_and_else_marked(int changes, bool complete)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("local/any")
        {
            ["small"] = MemoryFile.Of("abc") with { ChangesWhileRead = changes },
            ["large"] = MemoryFile.Of(new byte[2_000_000]) with { ChangesWhileRead = changes },
        };

        Snapshot snapshot = await temp.SnapshotAsync(source);

        Assert.Equal(complete, snapshot.Record.Sources[0].Complete);
        Assert.Equal(complete ? 0 : 2, snapshot.Record.Sources[0].ErrorCount);
        Assert.Equal("abc"u8.ToArray(), await temp.ReadAsync(snapshot, "any/small"));
        int opened = source.Opened;
        await temp.SnapshotAsync(source);
        Assert.Equal(complete, source.Opened == opened);
    }

    [Fact]
    public async Task A_hard_link_has_the_content_of_its_first_path_without_being_read()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("local/any")
        {
            ["a"] = MemoryFile.Of("shared") with { HasLinks = true },
            ["b/c"] = MemoryFile.Of("shared") with { HardLink = new EntryPath("a") },
        };

        Snapshot snapshot = await temp.SnapshotAsync(source);

        Assert.Equal(1, source.Opened);
        Assert.Equal("shared"u8.ToArray(), await temp.ReadAsync(snapshot, "any/b/c"));
        source["b/d"] = MemoryFile.Of("shared") with { HardLink = new EntryPath("a") };
        Assert.Equal("shared"u8.ToArray(), await temp.ReadAsync(await temp.SnapshotAsync(source), "any/b/d"));
    }

    [Fact]
    public async Task Two_that_write_at_once_both_succeed_under_different_names()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await using Repository other = await Repository.OpenAsync(temp.Folder, new OpenOptions(), default);
        Task<Snapshot>[] both =
        [
            Task.Run(() => temp.SnapshotAsync(Many(2000))),
            Task.Run(() => other.SnapshotAsync(new SnapshotRequest { Sources = [Many(2000)] }, null, default)),
        ];

        Snapshot[] taken = await Task.WhenAll(both);

        Assert.Equal(["v1.0", "v1.1"], taken.Select(s => s.Record.Name).Order());
        Assert.Equal(taken[0].Record.Sources[0].Tree, taken[1].Record.Sources[0].Tree);
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
        Assert.Single(taken, s => s.Record.Parent is null);
    }

    [Fact]
    public async Task A_collector_that_breaks_its_order_is_refused()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => temp.SnapshotAsync(new Disorderly()));

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Empty(await temp.Store.ListAsync(default));
    }

    [Fact]
    public async Task A_run_that_fails_leaves_what_was_there_and_no_snapshot()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot before = await temp.SnapshotAsync(Many(10));

        await Assert.ThrowsAsync<StoreException>(() => temp.SnapshotAsync(Many(5000), new Disorderly()));

        Assert.Equal([before.Id], (await temp.Store.ListAsync(default)).Select(s => s.Id));
        Assert.True((await temp.Store.VerifyAsync(new VerifyRequest { DataShare = 1 }, null, default)).Ok);
    }

    [Fact]
    public async Task Attributes_too_large_for_a_page_are_left_out_and_named_and_the_content_is_kept()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("local/any")
        {
            ["f"] = MemoryFile.Of("kept") with { Attributes = [new NamedValue("xattr.user.big", new byte[600_000])] },
        };

        Snapshot snapshot = await temp.SnapshotAsync(source);

        Assert.Equal("f", Assert.Single(snapshot.Record.Sources[0].Errors).Path);
        Assert.Equal("kept"u8.ToArray(), await temp.ReadAsync(snapshot, "any/f"));
    }

    /// <summary>The third sorts between the two by its root's text, and hides that one lies within the other.</summary>
    [Theory, InlineData("local/a", "local/a"), InlineData("local/a", "local/a/c"), InlineData("local/a", "local/a-b", "local/a/c")]
    public async Task Sources_that_lie_within_each_other_are_refused(params string[] roots)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            () => temp.SnapshotAsync([.. roots.Select(root => new MemorySource(root) { ["f"] = MemoryFile.Of("x") })]));

        Assert.Equal(StoreFault.Refused, e.Fault);
    }

    internal static MemorySource Many(int count)
    {
        var source = new MemorySource("local/any");
        for (int i = 0; i < count; i++)
        {
            source[$"f{i}"] = MemoryFile.Of($"content {i}") with { Fingerprint = BitConverter.GetBytes(i + 1) };
        }

        return source;
    }

    private sealed class Disorderly : ICollector
    {
        public string Root => "local/disorderly";

        public IReadOnlyList<string> Excluded => [];

        public async IAsyncEnumerable<SourceEntry> CollectAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield return new SourceFault { Path = new EntryPath("b"), Kind = EntryKind.File, Message = "x" };
            yield return new SourceFault { Path = new EntryPath("a"), Kind = EntryKind.File, Message = "x" };
        }
    }
}
