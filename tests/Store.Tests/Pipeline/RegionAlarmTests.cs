using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>Alarms of a service in regions, which are not all in each snapshot.</summary>
public sealed class RegionAlarmTests
{
    /// <summary>All regions, and then one: the others are no more lost than a folder that was not taken.</summary>
    [Fact]
    public async Task A_region_that_was_not_looked_at_is_not_lost()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = InRegions("eu-west-1", "us-east-1");
        await temp.SnapshotAsync(source);

        Snapshot one = await temp.SnapshotAsync(InRegions("us-east-1"));
        Assert.Null(Text(one));
        source = InRegions("us-east-1");
        foreach (EntryPath path in source.Paths.Take(40).ToList())
        {
            source.Remove(path);
        }

        Assert.Equal("lambda lost 40 of 40", Text(await temp.SnapshotAsync(source)));
    }

    /// <summary>One region is taken by itself, and the next whole snapshot has lost another: that one is compared with
    /// the last that looked at it.</summary>
    [Fact]
    public async Task A_region_is_compared_with_the_newest_snapshot_that_looked_at_it()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot whole = await temp.SnapshotAsync(InRegions("eu-west-1", "us-east-1"));
        Snapshot one = await temp.SnapshotAsync(InRegions("eu-west-1"));
        Assert.Null(Text(one));

        MemorySource source = InRegions("eu-west-1", "us-east-1");
        Remove(source, "us-east-1/", 30);
        Snapshot lost = await temp.SnapshotAsync(source);

        Assert.Equal("lambda lost 30 of 40", Text(lost));
        Assert.Equal(whole.Id.ToString(), lost.Record.Alarms[0].Parent);
        Assert.Equal([whole.Id], (await temp.Store.PinsAsync(default)).Keys);

        // It was told; what is compared with now is what was found then.
        Assert.Null(Text(await temp.SnapshotAsync(source)));
    }

    /// <summary>As much as if all had been in one snapshot: a share of the source, not of one of its regions.</summary>
    [Theory]
    [InlineData(23, 0, null)]
    [InlineData(24, 0, "lambda lost 24 of 40")]
    [InlineData(20, 4, "lambda lost 4 of 40, lambda lost 20 of 40")]
    [InlineData(0, 24, "lambda lost 24 of 40")]
    public async Task All_regions_together_are_one_source(int older, int newer, string? alarm)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot us = await temp.SnapshotAsync(InRegions("us-east-1"));
        Snapshot eu = await temp.SnapshotAsync(InRegions("eu-west-1"));
        MemorySource source = InRegions("eu-west-1", "us-east-1");
        Remove(source, "us-east-1/", older);
        Remove(source, "eu-west-1/", newer);

        Snapshot now = await temp.SnapshotAsync(source);

        Assert.Equal(alarm, Text(now));
        IEnumerable<SnapshotId> pinned =
            (alarm is null ? [] : older == 0 ? [eu] : newer == 0 ? [us] : (Snapshot[])[eu, us])
            .Select(snapshot => snapshot.Id);
        Assert.Equal(pinned.ToHashSet(), (await temp.Store.PinsAsync(default)).Keys.ToHashSet());
    }

    [Fact]
    public async Task Other_content_in_a_region_that_was_not_in_the_last_snapshot_is_seen()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot whole = await temp.SnapshotAsync(InRegions("eu-west-1", "us-east-1"));
        await temp.SnapshotAsync(InRegions("eu-west-1"));
        MemorySource source = InRegions("us-east-1");
        foreach (EntryPath path in source.Paths.Take(28).ToList())
        {
            source[path] = MemoryFile.Of("encrypted");
        }

        Snapshot changed = await temp.SnapshotAsync(source);

        Assert.Equal("lambda changed 28 of 40", Text(changed));
        Assert.Equal(whole.Id.ToString(), changed.Record.Alarms[0].Parent);
    }

    /// <summary>Keys without a right for one region, for a day: what was lost that day is seen on the next.</summary>
    [Fact]
    public async Task A_region_that_was_denied_is_compared_with_the_newest_snapshot_that_saw_something_of_it()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot whole = await temp.SnapshotAsync(InRegions("eu-west-1", "us-east-1"));
        MemorySource eu = InRegions("eu-west-1");
        var denied = new MemorySource("lambda")
        {
            Coverage = [.. eu.Coverage, new CoverageLine("us-east-1", CoverageState.Denied, 0, "not allowed")],
            ["us-east-1/"] = MemoryFile.Folder() with { Fault = "not allowed" },
        };
        foreach (EntryPath path in eu.Paths)
        {
            denied[path] = eu[path];
        }

        Assert.Null(Text(await temp.SnapshotAsync(denied)));
        MemorySource source = InRegions("eu-west-1", "us-east-1");
        Remove(source, "us-east-1/", 40);
        Snapshot lost = await temp.SnapshotAsync(source);

        Assert.Equal("lambda lost 40 of 40", Text(lost));
        Assert.Equal(whole.Id.ToString(), lost.Record.Alarms[0].Parent);
    }

    /// <summary>
    /// A kind that nobody may list any more, or that the region says it does not have: nobody looked.
    /// </summary>
    [Theory]
    [InlineData(CoverageState.Denied)]
    [InlineData(CoverageState.Unsupported)]
    public async Task A_kind_that_was_not_captured_is_neither_lost_nor_another(CoverageState state)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource Boards(bool isCaptured)
        {
            var source = new MemorySource("cloudwatch")
            {
                Coverage =
                [
                    new CoverageLine("dashboards", isCaptured ? CoverageState.Captured : state, isCaptured ? 40 : 0, "", "boards"),
                    new CoverageLine("us-east-1/alarms", CoverageState.Captured, 1),
                ],
                ["us-east-1/alarms/a"] = MemoryFile.Of("a"),
            };
            if (!isCaptured && state == CoverageState.Denied)
            {
                source["boards/"] = MemoryFile.Folder() with { Fault = "not allowed" };
            }

            foreach (int i in isCaptured ? Enumerable.Range(0, 40) : [])
            {
                source[$"boards/{i}"] = MemoryFile.Of($"{i}");
            }

            return source;
        }

        await temp.SnapshotAsync(Boards(isCaptured: true));
        await temp.ReopenAsync();

        Assert.Null(Text(await temp.SnapshotAsync(Boards(isCaptured: false))));
        await temp.ReopenAsync();
        Assert.Null(Text(await temp.SnapshotAsync(Boards(isCaptured: true))));
    }

    private static void Remove(MemorySource source, string below, int count)
    {
        foreach (EntryPath path in source.Paths.Where(path => path.IsAtOrBelow(new EntryPath(below))).Take(count).ToList())
        {
            source.Remove(path);
        }
    }

    private static MemorySource InRegions(params string[] regions)
    {
        var source = new MemorySource("lambda")
        {
            Coverage =
                [.. regions.Select(region => new CoverageLine(region + "/functions", CoverageState.Captured, 40))],
        };
        for (int i = 0; i < 40; i++)
        {
            foreach (string region in regions)
            {
                source[$"{region}/f{i}"] = MemoryFile.Of($"content {i}");
            }
        }

        return source;
    }

    private static string? Text(Snapshot snapshot) => snapshot.Record.Alarms.Count == 0
        ? null
        : string.Join(", ", snapshot.Record.Alarms.Select(alarm => $"{alarm.Root} {AlarmWord.Of(alarm.Kind)} {alarm.Count} of {alarm.Of}"));
}
