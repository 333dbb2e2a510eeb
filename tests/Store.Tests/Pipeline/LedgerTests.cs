using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>What a collector says of itself, in the record and on the way there.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task The_ledger_as_it_is_when_the_walk_has_ended_is_in_the_record()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new Service("lambda");

        await temp.SnapshotAsync(source, new MemorySource("local/x") { ["a"] = MemoryFile.Of("a") });
        await temp.ReopenAsync();

        SnapshotRecord record = (await temp.Store.FindSnapshotAsync("latest", default)).Record;
        SnapshotSource lambda = Assert.Single(record.Sources, one => one.Root == "lambda");
        Assert.Equal("123456789012", lambda.Account);
        Assert.Equal(
            [
                new CoverageLine("eu-west-1/functions", CoverageState.Denied, 0, "no"),
                new CoverageLine("us-east-1/functions", CoverageState.Captured, 2),
            ],
            lambda.Coverage);
        Assert.True(lambda.Complete);
        Assert.Empty(Assert.Single(record.Sources, one => one.Root == "local/x").Coverage);
    }

    /// <summary>The service gives out nothing before somebody was told of its items: unasked, this would never
    /// end.</summary>
    [Fact]
    public async Task What_a_source_counts_is_told_while_it_still_gathers()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var told = new TaskCompletionSource();
        var source = new Service("route53") { Gathered = told.Task, Now = new SourceItems("zones", 12, 16) };
        var progress = new Told(value =>
        {
            if (value.Items is { Done: 12 })
            {
                source.Now = new SourceItems("zones", 16, 16);
                told.TrySetResult();
            }
        });

        await temp.Store.SnapshotAsync(new SnapshotRequest { Sources = [source] }, progress, default);

        SnapshotProgress last = progress.All.Last();
        Assert.True(last.Done);
        Assert.Equal(new SourceItems("zones", 16, 16), last.Items);
        Assert.Equal(2, last.Entries);
        Assert.Single(progress.All, value => value.Done);
    }

    [Fact]
    public async Task A_source_that_fails_while_it_gathers_ends_the_run_and_nobody_is_told_afterwards()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new Service("route53")
        {
            Gathered = Task.FromException(new StoreException(StoreFault.SourceUnreachable, "no way")),
            Now = new SourceItems("zones", 1, 2),
        };
        var progress = new Told(_ => { });

        var thrown = await Assert.ThrowsAsync<StoreException>(
            () => temp.Store.SnapshotAsync(new SnapshotRequest { Sources = [source] }, progress, default));

        Assert.Equal("no way", thrown.Message);
        Assert.DoesNotContain(progress.All, value => value.Done);
    }

    private sealed class Told(Action<SnapshotProgress> also) : IProgress<SnapshotProgress>
    {
        public ConcurrentQueue<SnapshotProgress> All { get; } = [];

        public void Report(SnapshotProgress value)
        {
            All.Enqueue(value);
            also(value);
        }
    }

    private sealed class Service(string root) : ICollector
    {
        private bool _ended;

        public Task Gathered { get; init; } = Task.CompletedTask;

        public SourceItems? Now { get; set; }

        public string Root => root;

        public IReadOnlyList<string> Excluded => [];

        public SourceItems? Items => Now;

        public string? Account => _ended ? "123456789012" : null;

        public IReadOnlyList<CoverageLine> Coverage => !_ended ? [] :
        [
            new CoverageLine("us-east-1/functions", CoverageState.Captured, 2),
            new CoverageLine("eu-west-1/functions", CoverageState.Denied, 0, "no"),
        ];

        public async IAsyncEnumerable<SourceEntry> CollectAsync(
            [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Gathered.WaitAsync(cancellationToken);
            var files = new MemorySource(root) { ["a"] = MemoryFile.Of("a"), ["b"] = MemoryFile.Of("b") };
            await foreach (SourceEntry entry in files.CollectAsync(cancellationToken))
            {
                yield return entry;
            }

            _ended = true;
        }
    }
}
