using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests;

public sealed class SourceGroupTests
{
    private static readonly EntryPath Path = new("x");

    [Fact]
    public async Task A_source_out_of_reach_is_named_and_stops_no_other()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var group = new SourceGroup(2);
        await temp.SnapshotAsync(Good("s3/a"), Good("s3/b"));

        Snapshot second = await temp.SnapshotAsync(group.Add(new GoneSource("s3/a")), group.Add(Good("s3/b")));
        Snapshot third = await temp.SnapshotAsync(Good("s3/a"), Good("s3/b"));

        Assert.Equal([false, true], second.Record.Sources.Select(source => source.Complete));
        Assert.Equal("s3/a is gone", Assert.Single(second.Record.Sources[0].Errors).Message);
        Assert.Equal(1, second.Record.Sources[1].Entries);
        Assert.Empty(await temp.Store.DiffAsync(second, third, [], default).Where(
            change => change.Kind == ChangeKind.Removed).ToListAsync());
        Snapshot first = (await temp.Store.ListAsync(default))[0];
        Assert.All(await temp.Store.DiffAsync(first, second, [], default).ToListAsync(), change => Assert.Equal(
            ChangeKind.Unknown, change.Kind));
    }

    [Fact]
    public async Task When_none_can_be_reached_there_is_no_snapshot()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var group = new SourceGroup(2);

        StoreException e = await Assert.ThrowsAsync<StoreException>(() =>
            temp.SnapshotAsync(group.Add(new GoneSource("s3/a")), group.Add(new GoneSource("s3/b"))));

        // Both are read side by side; whichever is last says so.
        Assert.Contains(e.Message, new[] { "s3/a is gone", "s3/b is gone" });
        Assert.Empty(await temp.Store.ListAsync(default));
    }

    private static ListedSource Good(string root) =>
        new(root, ListedEntry.Of(EntryKind.Pipe, Path));

    private sealed class GoneSource(string root) : ICollector
    {
        public string Root => root;

        public IReadOnlyList<string> Excluded => [];

        public IAsyncEnumerable<SourceEntry> CollectAsync(CancellationToken cancellationToken) =>
            AsyncEnumerable.Range(0, 1).Select(Fail);

        private SourceEntry Fail(int number) =>
            throw new StoreException(StoreFault.SourceUnreachable, $"{root} is gone");
    }
}
