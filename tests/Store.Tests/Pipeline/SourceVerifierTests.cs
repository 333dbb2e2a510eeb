using JadaStore.Store.Model;
using JadaStore.Store.Pipeline;
using JadaStore.Store.Requests;

namespace JadaStore.Store.Tests.Pipeline;

/// <summary>What a listing does not show is found by reading again, and nothing else is called a difference.</summary>
public sealed class SourceVerifierTests
{
    private readonly MemorySource _source = new("local/files") { ReadsAtOnce = 4 };

    public SourceVerifierTests()
    {
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[i % 7 == 0 ? 300_000 + i : i];
            new Random(i).NextBytes(bytes);
            _source[$"f{i:000}"] = MemoryFile.Of(bytes) with
            {
                ReadSize = 70_000,
                HoleAfter = i % 5 == 0 ? bytes.Length / 2 : null,
                HoleLength = i % 5 == 0 ? 200_000 : 0,
                Attributes = [new("header.etag", [1]), new("tag.a", [1])],
            };
        }

        _source["link"] = new MemoryFile { Kind = EntryKind.Symlink, LinkTarget = [(byte)'x'] };
    }

    [Fact]
    public async Task What_did_not_change_agrees_and_the_repository_is_not_touched()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(_source);
        string before = Files(temp.Folder);

        VerifySourceReport report = await VerifyAsync(temp, snapshot, 1);

        Assert.Empty(report.Differing);
        Assert.Empty(report.Errors);
        Assert.Equal((301, 301), (report.Entries, report.Checked));
        Assert.Equal(snapshot.Record.Sources[0].Bytes, report.Bytes);
        Assert.Equal(before, Files(temp.Folder));
    }

    [Fact]
    public async Task All_of_it_finds_every_silent_change_and_says_what_it_is()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(_source);
        for (int i = 1; i < 300; i += 10)
        {
            _source[$"f{i:000}"] = Flipped(_source[$"f{i:000}"]);
        }

        _source["f000"] = _source["f000"] with { Attributes = [new("header.etag", [1]), new("tag.a", [2])] };
        _source["f002"] = _source["f002"] with { Attributes = [new("tag.a", [1])] };
        _source["f003"] = _source["f003"] with { Attributes = [.. _source["f003"].Attributes, new("xattr.x", [])] };
        _source["f004"] = Flipped(_source["f004"]) with { Mode = 0, Attributes = [] };
        _source["link"] = _source["link"] with { LinkTarget = [(byte)'y'] };

        VerifySourceReport report = await VerifyAsync(temp, snapshot, 1);

        Assert.Equal(
            [
                "f000 tags", "f001 content", "f002 headers", "f003 xattrs", "f004 content, mode, headers, tags",
                .. Enumerable.Range(1, 29).Select(i => $"f{(10 * i) + 1:000} content"), "link link target",
            ],
            report.Differing.Select(one => $"{one.Path["local/files/".Length..]} {one.What}"));
    }

    [Fact]
    public async Task What_the_listing_shows_to_have_changed_is_no_difference()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(_source);
        _source["f001"] = Flipped(_source["f001"]) with { ModifiedTime = new FileTime(1_800_000_000, 0) };
        _source["f002"] = MemoryFile.Of("another size");
        _source["f004"] = _source["f004"] with { Mode = 0, Fingerprint = [9] };
        _source["new"] = MemoryFile.Of("new");
        _source.Remove("f003");

        VerifySourceReport report = await VerifyAsync(temp, snapshot, 1);

        Assert.Empty(report.Differing);
        Assert.Equal((301, 298), (report.Entries, report.Checked));
    }

    /// <summary>As when something was put back to the time it had: the change time tells, the time does not.</summary>
    [Fact]
    public async Task Other_content_under_the_same_size_and_time_is_a_difference_whatever_the_fingerprint()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(_source);
        _source["f001"] = Flipped(_source["f001"]) with { Fingerprint = [9] };

        VerifySourceReport report = await VerifyAsync(temp, snapshot, 1);

        Assert.Equal(new SourceDifference("local/files/f001", "content"), Assert.Single(report.Differing));
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_rest_goes_on()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(_source);
        _source["f001"] = _source["f001"] with { ReadFault = "denied" };
        _source["f002"] = _source["f002"] with { Fault = "not even listed" };
        _source["f003"] = _source["f003"] with { ChangesWhileRead = 9 };
        _source["f005"] = _source["f005"] with { ChangesWhileRead = 3 };
        _source["f006"] = Flipped(_source["f006"]);

        VerifySourceReport report = await VerifyAsync(temp, snapshot, 1);

        Assert.Equal("local/files/f006", Assert.Single(report.Differing).Path);
        Assert.Equal(
            ["f001 denied", "f002 not even listed", "f003 changed while it was read"],
            report.Errors.Select(error => $"{error.Path["local/files/".Length..]} {error.Message}"));
    }

    [Fact]
    public async Task A_source_that_the_snapshot_does_not_have_is_named_or_when_there_is_no_other_refused()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(_source);
        var other = new MemorySource("local/other");

        VerifySourceReport report = await temp.Store.VerifySourceAsync(
            new VerifySourceRequest { Sources = [_source, other], Snapshot = snapshot }, null, default);
        StoreException alone = await Assert.ThrowsAsync<StoreException>(() => temp.Store.VerifySourceAsync(
            new VerifySourceRequest { Sources = [other], Snapshot = snapshot }, null, default));

        Assert.Equal("local/other", Assert.Single(report.Errors).Path);
        Assert.Equal(StoreFault.NotFound, alone.Fault);
    }

    [Theory, InlineData(0.05, 1), InlineData(0.05, 2), InlineData(0.05, 7), InlineData(0.01, 1), InlineData(0.3, 1)]
    public void A_share_takes_about_that_share_and_all_of_it_over_time(double share, int daysBetween)
    {
        EntryPath[] paths = [.. Enumerable.Range(0, 2_000).Select(i => new EntryPath($"path/{i}"))];
        var seen = new HashSet<EntryPath>();

        // A step that is not one gets round too, if not as soon.
        int runs = (int)((daysBetween == 1 ? 3 : 6) / share);
        for (int run = 0; run < runs; run++)
        {
            var today = new SourceShare(share, "id", 20_780 + (run * daysBetween));
            EntryPath[] taken = [.. paths.Where(path => today.Takes("local/x", path))];
            Assert.InRange(taken.Length, (share * 2_000 * 0.6) - 5, (share * 2_000 * 1.4) + 5);
            seen.UnionWith(taken);
        }

        Assert.Equal(paths.Length, seen.Count);
    }

    private static MemoryFile Flipped(MemoryFile file)
    {
        byte[] bytes = [.. file.Bytes];
        bytes[^1] ^= 1;
        return file with { Bytes = bytes };
    }

    private Task<VerifySourceReport> VerifyAsync(TempRepository temp, Snapshot snapshot, double share) =>
        temp.Store.VerifySourceAsync(
            new VerifySourceRequest { Sources = [_source], Snapshot = snapshot, Share = share }, null, default);

    private static string Files(string folder) => string.Join('\n', Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith("catalog", StringComparison.Ordinal))
        .Select(file => $"{file} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file):O}")
        .Order(StringComparer.Ordinal));
}
