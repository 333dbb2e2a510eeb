using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>Sources whose reads are waits for a server: many at once, and several sources at a time.</summary>
public sealed class SideBySideTests
{
    [Theory, InlineData(1), InlineData(2)]
    public async Task Reads_that_end_in_any_order_give_the_tree_that_reads_in_turn_give(int seed)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var random = new Random(seed);
        var inTurn = new MemorySource("local/files");
        var atOnce = new MemorySource("s3/files")
        {
            ReadsAtOnce = 16,
            OnOpening = path => ShuffleAsync(path.Length * 7 % 11),
        };
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = new byte[random.Next(4) == 0 ? random.Next(700_000) : random.Next(3_000)];
            random.NextBytes(bytes);
            MemoryFile file = MemoryFile.Of(bytes) with { ReadSize = random.Next(1, 1 << 20) };
            file = random.Next(40) switch
            {
                0 => file with { ReadFault = "denied" },
                1 => file with { HoleAfter = bytes.Length, HoleLength = 10 },
                _ => file,
            };
            inTurn[$"{new string('n', random.Next(1, 30))}{i}"] = file;
        }

        foreach (EntryPath path in inTurn.Paths)
        {
            atOnce[path] = inTurn[path];
        }

        Snapshot snapshot = await temp.SnapshotAsync(inTurn, atOnce);

        Assert.Equal(["local/files", "s3/files"], snapshot.Record.Sources.Select(source => source.Root));
        Assert.Equal(snapshot.Record.Sources[0].Tree, snapshot.Record.Sources[1].Tree);
        Assert.Equal(snapshot.Record.Sources[0].Errors, snapshot.Record.Sources[1].Errors);
        Assert.NotEmpty(snapshot.Record.Sources[1].Errors);
    }

    /// <summary>No read is answered before so many wait: done one by one, this would never end.</summary>
    [Fact]
    public async Task As_many_reads_as_the_source_can_take_are_under_way_at_once_and_no_more()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var crowd = new TaskCompletionSource();
        int waiting = 0, most = 0;
        var source = new MemorySource("s3/one")
        {
            ReadsAtOnce = 20,
            OnOpening = async _ =>
            {
                int now = Interlocked.Increment(ref waiting);
                InterlockedMax(ref most, now);
                if (now >= 20)
                {
                    crowd.TrySetResult();
                }

                await crowd.Task;
                Interlocked.Decrement(ref waiting);
            },
        };
        for (int i = 0; i < 200; i++)
        {
            source[$"f{i:000}"] = MemoryFile.Of($"content {i}");
        }

        await temp.SnapshotAsync(source);

        Assert.Equal(20, most);
    }

    /// <summary>Each source waits for the other; one after the other, this would never end.</summary>
    [Fact]
    public async Task Sources_are_read_side_by_side()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        TaskCompletionSource left = new(), right = new();
        var one = new MemorySource("s3/one")
        {
            ReadsAtOnce = 1,
            OnOpening = async _ => { left.TrySetResult(); await right.Task; },
            ["a"] = MemoryFile.Of("a"),
        };
        var two = new MemorySource("s3/two")
        {
            ReadsAtOnce = 1,
            OnOpening = async _ => { right.TrySetResult(); await left.Task; },
            ["a"] = MemoryFile.Of("a"),
        };

        Snapshot snapshot = await temp.SnapshotAsync(one, two);

        Assert.All(snapshot.Record.Sources, source => Assert.Equal(1, source.Entries));
    }

    [Fact]
    public async Task What_ends_one_source_ends_the_run_with_its_own_words()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var never = new MemorySource("s3/never")
        {
            ReadsAtOnce = 4,
            OnOpening = _ => Task.CompletedTask,
        };
        for (int i = 0; i < 5_000; i++)
        {
            never[$"f{i:0000}"] = MemoryFile.Of($"content {i}");
        }

        var bad = new MemorySource("s3/bad")
        {
            OnOpening = _ => throw new StoreException(StoreFault.SourceUnreachable, "the key was withdrawn"),
            ["a"] = MemoryFile.Of("a"),
        };

        var thrown = await Assert.ThrowsAsync<StoreException>(() => temp.SnapshotAsync(never, bad));

        Assert.Equal("the key was withdrawn", thrown.Message);
        Assert.Empty(await temp.Store.ListAsync(default));
    }

    private static async Task ShuffleAsync(int turns)
    {
        for (int i = 0; i < turns; i++)
        {
            await Task.Yield();
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
