using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class SubtreesAheadTests
{
    /// <summary>
    /// Each is an archive that has to be fetched; one after another they would be waited for as often.
    /// </summary>
    [Fact]
    public async Task Subtrees_that_are_looked_into_are_listed_side_by_side_and_not_all_of_them_at_once()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var all = new TaskCompletionSource();
        int begun = 0, most = 0, under = 0;
        SubtreeSource source = Archives(10, 0, async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            if (Interlocked.Increment(ref begun) == SubtreesAhead.AtOnce)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Interlocked.Decrement(ref under);
        });

        Snapshot snapshot = await temp.SnapshotAsync(source);

        Assert.Equal(10, source.Expanded.Count);
        Assert.Equal(SubtreesAhead.AtOnce, most);
        Assert.True(snapshot.Record.Sources[0].Complete);
        Assert.Equal(30, snapshot.Record.Sources[0].Entries);

        await temp.SnapshotAsync(source);
        Assert.Equal(10, source.Expanded.Count);
    }

    /// <summary>What is fetched for them has to stay until it is read, beside what is being read already.</summary>
    [Theory]
    [InlineData(0.2, 2)]
    [InlineData(0.25, 2)]
    [InlineData(0.26, 1)]
    [InlineData(1, 1)]
    public async Task Large_ones_are_listed_ahead_as_far_as_half_of_the_room_goes(double each, int expected)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var all = new TaskCompletionSource();
        int begun = 0, most = 0, under = 0;
        SubtreeSource source = Archives(10, each, async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            if (Interlocked.Increment(ref begun) == expected)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Interlocked.Decrement(ref under);
        });

        Snapshot snapshot = await temp.SnapshotAsync(source);

        Assert.Equal(30, snapshot.Record.Sources[0].Entries);
        Assert.Equal(10, source.Expanded.Count);
        Assert.Equal(expected, most);
    }

    /// <summary>A listing that is under way is called off with the snapshot, and waited for.</summary>
    [Fact]
    public async Task A_source_that_fails_ends_the_listings_that_were_begun()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        int under = 0;
        SubtreeSource source = Archives(3, 0, async path =>
        {
            Interlocked.Increment(ref under);
            await Task.Yield();
            Interlocked.Decrement(ref under);
            throw path == new EntryPath("zip0/") ? new InvalidOperationException("a mistake") : new IOException("late");
        });

        await Assert.ThrowsAsync<InvalidOperationException>(() => temp.SnapshotAsync(source));

        Assert.Equal(0, under);
    }

    private static SubtreeSource Archives(int count, double room, Func<EntryPath, Task> onExpanding)
    {
        var files = new MemorySource("any");
        for (int i = 0; i < count; i++)
        {
            files[$"zip{i}.file"] = MemoryFile.Of($"between {i}");
            files[$"zip{i}/"] = MemoryFile.Folder();
            files[$"zip{i}/f"] = MemoryFile.Of($"content {i}");
        }

        return new SubtreeSource(files, [.. Enumerable.Range(0, count).Select(i => $"zip{i}/")])
        {
            OnExpanding = onExpanding, Room = room,
        };
    }
}
