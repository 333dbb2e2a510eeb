using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

public sealed class AlarmTests
{
    /// <summary>A source of a hundred files in ten folders: 110 entries.</summary>
    private const int Files = 100;

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "any lost 33 of 110")]
    [InlineData(50, "any lost 50 of 110")]
    [InlineData(100, "any lost 100 of 110")]
    public async Task Losing_three_entries_of_ten_is_an_alarm_and_less_is_none(int lost, string? alarm)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Hundred();
        Snapshot before = await temp.SnapshotAsync(source);
        foreach (EntryPath path in source.Paths.Where(path => !path.IsFolder).Take(lost).ToList())
        {
            source.Remove(path);
        }

        Snapshot after = await temp.SnapshotAsync(source);

        Assert.Equal(alarm, Text(after));
        Assert.Equal(alarm is not null, (await temp.Store.PinsAsync(default)).ContainsKey(before.Id));
        Assert.All(after.Record.Alarms, one => Assert.Equal(before.Id.ToString(), one.Parent));
    }

    [Theory]
    [InlineData(69, null)]
    [InlineData(70, "any changed 70 of 100")]
    [InlineData(100, "any changed 100 of 100")]
    public async Task Another_content_of_seven_files_of_ten_is_an_alarm_and_less_is_none(int changed, string? alarm)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Hundred();
        Snapshot before = await temp.SnapshotAsync(source);
        foreach (EntryPath path in source.Paths.Where(path => !path.IsFolder).Take(changed).ToList())
        {
            source[path] = MemoryFile.Of("encrypted");
        }

        Snapshot after = await temp.SnapshotAsync(source);

        Assert.Equal(alarm, Text(after));
        Assert.Equal(alarm is not null, (await temp.Store.PinsAsync(default)).ContainsKey(before.Id));
    }

    /// <summary>What a program that encrypts for ransom leaves: other names, other content.</summary>
    [Fact]
    public async Task Files_that_come_back_under_other_names_are_lost()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Hundred();
        await temp.SnapshotAsync(source);
        foreach (EntryPath path in source.Paths.Where(path => !path.IsFolder).ToList())
        {
            source.Remove(path);
            source[$"{path}.locked"] = MemoryFile.Of("encrypted");
        }

        Assert.Equal("any lost 100 of 110", Text(await temp.SnapshotAsync(source)));
    }

    [Fact]
    public async Task Files_that_only_got_another_time_or_that_are_new_are_no_matter()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Hundred();
        await temp.SnapshotAsync(source);
        foreach (EntryPath path in source.Paths.Where(path => !path.IsFolder).ToList())
        {
            source[path] = source[path] with { ModifiedTime = new FileTime(1_800_000_000, 0), Fingerprint = [1] };
            source[$"new-{path}"] = MemoryFile.Of("new");
        }

        Assert.Null(Text(await temp.SnapshotAsync(source)));
    }

    [Fact]
    public async Task A_small_source_raises_none_and_the_limits_are_the_callers()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        var source = new MemorySource("any");
        for (int i = 0; i < 20; i++)
        {
            source[$"f{i:D2}"] = MemoryFile.Of($"{i}");
        }

        await temp.SnapshotAsync(source);
        source.Remove("f00");
        Assert.Null(Text(await temp.SnapshotAsync(source)));
        foreach (EntryPath path in source.Paths.ToList())
        {
            source.Remove(path);
        }

        // 19 entries were left.
        Assert.Null(Text(await temp.SnapshotAsync(source)));
        source["a"] = source["b"] = MemoryFile.Of("x");
        await temp.SnapshotAsync(source);
        source["a"] = MemoryFile.Of("y");

        Assert.Null(Text(await TakeAsync(temp, source, new AlarmLimits { Least = 3, Changed = 0.5 })));
        source["a"] = MemoryFile.Of("z");
        Assert.Null(Text(await TakeAsync(temp, source, null)));
        source["b"] = MemoryFile.Of("z");
        Assert.Null(Text(await TakeAsync(temp, source, new AlarmLimits { Least = 2, Changed = 0.51 })));
        source["a"] = MemoryFile.Of("last");
        Assert.Equal(
            "any changed 1 of 2", Text(await TakeAsync(temp, source, new AlarmLimits { Least = 2, Changed = 0.5 })));
    }

    /// <summary>A disk that fails, a permission that is gone: nobody knows that anything is lost.</summary>
    [Fact]
    public async Task What_is_only_out_of_reach_raises_none()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Hundred();
        await temp.SnapshotAsync(source);
        foreach (EntryPath path in source.Paths.ToList())
        {
            if (path.IsFolder)
            {
                source[path] = MemoryFile.Folder() with { Fault = "permission denied" };
            }
            else
            {
                source.Remove(path);
            }
        }

        Snapshot unlisted = await temp.SnapshotAsync(source);
        Assert.Null(Text(unlisted));
        Assert.False(unlisted.Record.Sources[0].Complete);

        MemorySource unread = Hundred();
        await temp.SnapshotAsync(unread);
        foreach (EntryPath path in unread.Paths.Where(path => !path.IsFolder).ToList())
        {
            unread[path] = MemoryFile.Of("another") with { ReadFault = "input/output error" };
        }

        Assert.Null(Text(await temp.SnapshotAsync(unread)));
    }

    [Fact]
    public async Task A_listing_that_broke_off_loses_nothing_and_what_comes_after_is_compared_with_the_last_whole_one()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Hundred();
        Snapshot whole = await temp.SnapshotAsync(source);

        Snapshot broken = await temp.SnapshotAsync(new BrokenSource("any"));
        Assert.Null(Text(broken));
        Assert.NotNull(broken.Record.Sources[0].UnlistedAfter);

        foreach (EntryPath path in source.Paths.Take(80).ToList())
        {
            source.Remove(path);
        }

        Snapshot lost = await temp.SnapshotAsync(source);
        Assert.Equal("any lost 80 of 110", Text(lost));
        Assert.Equal(whole.Id.ToString(), lost.Record.Alarms[0].Parent);
        Assert.Equal(whole.Id, (await temp.Store.PinsAsync(default)).Keys.Single());
    }

    [Fact]
    public async Task Each_source_is_asked_for_itself_and_its_own_parent_is_pinned()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource one = Hundred("one"), two = Hundred("two"), three = Hundred("three");
        Snapshot first = await temp.SnapshotAsync(one, three);
        Snapshot second = await temp.SnapshotAsync(two);
        await temp.Store.PinAsync(second, "mine", default);
        foreach (MemorySource source in (MemorySource[])[one, two])
        {
            foreach (EntryPath path in source.Paths.ToList())
            {
                source.Remove(path);
            }
        }

        Snapshot third = await temp.SnapshotAsync(three, two, one);

        Assert.Equal(["one", "two"], third.Record.Alarms.Select(alarm => alarm.Root));
        Assert.Equal([first.Id.ToString(), second.Id.ToString()], third.Record.Alarms.Select(alarm => alarm.Parent));
        IReadOnlyDictionary<SnapshotId, SnapshotPin> pins = await temp.Store.PinsAsync(default);
        Assert.Equal(2, pins.Count);
        Assert.Equal("alarm of v1.2: one lost", pins[first.Id].Reason);
        Assert.Equal("mine", pins[second.Id].Reason);
        Assert.Empty((await temp.SnapshotAsync(three, two, one)).Record.Alarms);
    }

    /// <summary>The buckets of an account: what its listing gives no more is gone, what it is not asked for is
    /// not.</summary>
    [Fact]
    public async Task A_source_that_a_listing_gives_no_more_is_lost_as_a_whole_and_told_of_once()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource one = Hundred("s3/one"), two = Hundred("s3/two"), other = Hundred("local/x");
        Task<Snapshot> Of(string listing, Func<string, bool> chooses, params MemorySource[] sources) =>
            temp.Store.SnapshotAsync(
                new SnapshotRequest
                {
                    Sources = [.. sources, other],
                    Listings = [new SourceListing(listing, [.. sources.Select(source => source.Root)], chooses)],
                },
                null, default);
        Snapshot both = await Of("mine", _ => true, one, two);
        Assert.Equal([null, "mine", "mine"], both.Record.Sources.Select(source => source.Group));
        await temp.SnapshotAsync(other);

        Assert.Null(Text(await Of("another", _ => true, two)));
        Assert.Null(Text(await Of("mine", _ => true, Hundred("s3/of-another-account"))));
        Assert.Null(Text(await Of("mine", root => root != "s3/two", one)));
        both = await Of("mine", _ => true, one, two);
        Snapshot lost = await Of("mine", _ => true, one);

        Assert.Equal("s3/two lost 110 of 110", Text(lost));
        Assert.Equal(both.Id.ToString(), lost.Record.Alarms[0].Parent);
        Assert.True((await temp.Store.PinsAsync(default)).ContainsKey(both.Id));
        Assert.Null(Text(await Of("mine", _ => true, one)));
    }

    [Fact]
    public async Task The_record_keeps_them_and_the_manifest_shows_them()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = Hundred();
        await temp.SnapshotAsync(source);
        foreach (EntryPath path in source.Paths.Where(path => !path.IsFolder).ToList())
        {
            source[path] = MemoryFile.Of("!");
        }

        await temp.SnapshotAsync(source);
        await temp.ReopenAsync();
        Snapshot read = (await temp.Store.Parts.Records.ListFromFilesAsync(default))[^1];

        Assert.Equal("any changed 100 of 100", Text(read));
        Assert.Contains(
            "| `any` | files have another content | 100 | 100 |", Manifest.Of(read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_page_of_the_parent_keeps_no_snapshot_from_being_taken()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        MemorySource source = SnapshotWriterTests.Many(5000);
        await temp.SnapshotAsync(source);
        foreach (string pack in Directory.GetFiles(
            Path.Combine(temp.Folder, "packs"), "*", SearchOption.AllDirectories))
        {
            byte[] bytes = await File.ReadAllBytesAsync(pack);
            if (bytes[9] == 1)
            {
                bytes[300] ^= 1;
                await File.WriteAllBytesAsync(pack, bytes);
            }
        }

        await temp.ReopenAsync();
        foreach (EntryPath path in source.Paths.Skip(10).ToList())
        {
            source.Remove(path);
        }

        await temp.SnapshotAsync(source);
        Assert.NotEmpty(temp.Store.Warnings);
    }

    private static Task<Snapshot> TakeAsync(TempRepository temp, MemorySource source, AlarmLimits? limits) =>
        temp.Store.SnapshotAsync(new SnapshotRequest { Sources = [source], Alarm = limits }, null, default);

    private static MemorySource Hundred(string root = "any")
    {
        var source = new MemorySource(root);
        for (int i = 0; i < Files; i++)
        {
            source[$"d{i / 10}/"] = MemoryFile.Folder();
            source[$"d{i / 10}/f{i:D2}"] = MemoryFile.Of($"content {i}");
        }

        return source;
    }

    private static string? Text(Snapshot snapshot) => snapshot.Record.Alarms.Count == 0
        ? null
        : string.Join(", ", snapshot.Record.Alarms.Select(alarm => $"{alarm.Root} {AlarmWord.Of(alarm.Kind)} {alarm.Count} of {alarm.Of}"));

    /// <summary>A source of which nothing could be listed.</summary>
    private sealed class BrokenSource(string root) : ICollector
    {
        public string Root => root;

        public IReadOnlyList<string> Excluded => [];

        public SourceBreak? BrokeOff => new(default, "out of reach");

        public async IAsyncEnumerable<SourceEntry> CollectAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
