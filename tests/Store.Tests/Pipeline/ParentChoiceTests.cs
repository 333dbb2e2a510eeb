using JadaStore.Store.Model;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>After a snapshot of a part the whole is not read anew: the rest is in the one before.</summary>
public sealed class ParentChoiceTests
{
    [Fact]
    public async Task After_a_snapshot_of_one_region_the_others_are_not_read_again()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot whole = await temp.SnapshotAsync(InRegions("eu-west-1", "us-east-1", "us-west-2"));
        MemorySource one = InRegions("eu-west-1");
        await temp.SnapshotAsync(one);
        Assert.Equal(0, one.Opened);

        MemorySource again = InRegions("eu-west-1", "us-east-1", "us-west-2");
        Snapshot all = await temp.SnapshotAsync(again);

        Assert.Equal(0, again.Opened);
        Assert.Equal(whole.Record.Sources[0].Tree, all.Record.Sources[0].Tree);
        Assert.Equal("us-east-1 1"u8.ToArray(), await temp.ReadAsync(all, "lambda/us-east-1/f1"));
    }

    /// <summary>Each region was taken last by another snapshot.</summary>
    [Fact]
    public async Task Of_each_region_the_newest_snapshot_counts_and_what_changed_is_read()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.SnapshotAsync(InRegions("us-east-1", "us-west-2"));
        MemorySource one = InRegions("us-east-1");
        one["us-east-1/f1"] = Stamped("another", 2);
        await temp.SnapshotAsync(one);
        await temp.SnapshotAsync(InRegions("eu-west-1"));

        MemorySource again = InRegions("eu-west-1", "us-east-1", "us-west-2");
        again["us-east-1/f1"] = Stamped("another", 2);
        again["us-west-2/f3"] = Stamped("new here", 9);
        Snapshot all = await temp.SnapshotAsync(again);

        Assert.Equal(1, again.Opened);
        Assert.Equal("another"u8.ToArray(), await temp.ReadAsync(all, "lambda/us-east-1/f1"));
        Assert.Equal("new here"u8.ToArray(), await temp.ReadAsync(all, "lambda/us-west-2/f3"));
    }

    /// <summary>The code of functions: an archive each, with its files.</summary>
    [Fact]
    public async Task Archives_of_the_other_regions_are_neither_fetched_nor_looked_into_again()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot whole = await temp.SnapshotAsync(Archives(["eu-west-1", "us-east-1"]));
        await temp.SnapshotAsync(Archives(["eu-west-1"]));
        SubtreeSource again = Archives(["eu-west-1", "us-east-1"]);

        Snapshot all = await temp.SnapshotAsync(again);

        Assert.Empty(again.Expanded);
        Assert.Equal(whole.Record.Sources[0].Tree, all.Record.Sources[0].Tree);
        Assert.Equal("code of us-east-1"u8.ToArray(), await temp.ReadAsync(all, "lambda/us-east-1/fn/code/f"));

        await temp.SnapshotAsync(Archives(["eu-west-1"]));
        SubtreeSource changed = Archives(["eu-west-1", "us-east-1"], stamp: 2);
        await temp.SnapshotAsync(changed);
        Assert.Equal(["us-east-1/fn/code/"], changed.Expanded);
    }

    [Fact]
    public async Task What_an_exclude_left_out_once_is_not_read_again_when_it_is_back()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.SnapshotAsync(Folder());
        MemorySource part = Folder("*.bin (--exclude)");
        part.Remove("a.bin");
        part.Remove("b.bin");
        await temp.SnapshotAsync(part);
        await temp.SnapshotAsync(part);
        MemorySource again = Folder();
        again["b.bin"] = Stamped("b, changed", 2);

        Snapshot all = await temp.SnapshotAsync(again);

        Assert.Equal(1, again.Opened);
        Assert.Equal("b, changed"u8.ToArray(), await temp.ReadAsync(all, "any/b.bin"));
        Assert.Equal("a"u8.ToArray(), await temp.ReadAsync(all, "any/a.bin"));
    }

    /// <summary>
    /// A disk that failed for a day, a folder without permission: what was there before is there still.
    /// </summary>
    [Fact]
    public async Task What_could_not_be_read_once_is_not_read_again_where_it_is_as_it_was_before()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot first = await temp.SnapshotAsync(Folder());
        MemorySource broken = Folder();
        broken["a.bin"] = broken["a.bin"] with { ReadFault = "input/output error", Fingerprint = [7] };
        broken["b.bin"] = broken["b.bin"] with { Fault = "input/output error" };
        await temp.SnapshotAsync(broken);
        MemorySource again = Folder();

        Snapshot all = await temp.SnapshotAsync(again);

        Assert.Equal(0, again.Opened);
        Assert.Equal(first.Record.Sources[0].Tree, all.Record.Sources[0].Tree);
        Assert.True(all.Record.Sources[0].Complete);
    }

    [Fact]
    public async Task Read_everything_means_all_of_it()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        await temp.SnapshotAsync(InRegions("eu-west-1", "us-east-1"));
        await temp.SnapshotAsync(InRegions("eu-west-1"));
        MemorySource again = InRegions("eu-west-1", "us-east-1");

        await temp.Store.SnapshotAsync(new() { Sources = [again], Force = true }, null, default);

        Assert.Equal(6, again.Opened);
    }

    private static MemoryFile Stamped(string text, byte stamp) => MemoryFile.Of(text) with { Fingerprint = [stamp] };

    private static MemorySource Folder(params string[] excluded) => new("any")
    {
        Excluded = excluded, ["a"] = Stamped("text", 1), ["a.bin"] = Stamped("a", 1), ["b.bin"] = Stamped("b", 1),
    };

    private static IReadOnlyList<CoverageLine> Seen(IEnumerable<string> regions) =>
        [.. regions.Select(region => new CoverageLine(region + "/functions", CoverageState.Captured, 3))];

    private static MemorySource InRegions(params string[] regions)
    {
        var source = new MemorySource("lambda") { Coverage = Seen(regions) };
        foreach (string region in regions)
        {
            for (int i = 1; i <= 3; i++)
            {
                source[$"{region}/f{i}"] = Stamped($"{region} {i}", 1);
            }
        }

        return source;
    }

    private static SubtreeSource Archives(string[] regions, byte stamp = 1)
    {
        var files = new MemorySource("lambda") { Coverage = Seen(regions) };
        foreach (string region in regions)
        {
            files[$"{region}/fn/code/"] = MemoryFile.Folder() with { Fingerprint = [] };
            files[$"{region}/fn/code/f"] = Stamped($"code of {region}", region == "eu-west-1" ? (byte)1 : stamp);
        }

        return new SubtreeSource(files, [.. regions.Select(region => $"{region}/fn/code/")]);
    }
}
