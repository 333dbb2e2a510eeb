using System.Text;
using JadaStore.Collectors.Lambda;
using JadaStore.Store.Model;
using JadaStore.Store.Requests;

namespace JadaStore.Collectors.Tests.Lambda;

/// <summary>A zip is fetched once for itself and its files, not at all while it is the same, and nothing wrong is
/// stored.</summary>
public sealed class ZipSnapshotTests : IDisposable
{
    private readonly ZipGround _ground = new();

    public void Dispose() => _ground.Dispose();

    [Theory, InlineData(100), InlineData(6_000_000)]
    public async Task The_zip_and_its_files_are_captured_with_one_request_and_none_when_nothing_changed(int size)
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] large = new byte[size];
        new Random(3).NextBytes(large);
        byte[] zip = RawZip.Of(
            new RawZipEntry("index.js", "exports.handler = 1;\n") { Method = 8 },
            new RawZipEntry("lib/"u8.ToArray(), []) { UnixMode = 0x41ED },
            new RawZipEntry("lib/data"u8.ToArray(), large),
            new RawZipEntry("lib/empty"),
            new RawZipEntry("bin", "lib/data") { UnixMode = 0xA1FF });

        Snapshot first = await temp.SnapshotAsync(_ground.Source(_ground.Put(zip)));
        Snapshot second = await temp.SnapshotAsync(_ground.Source(_ground.Put(zip)));

        Assert.Single(_ground.Server.Requests);
        Assert.True(first.Record.Sources[0].Complete, string.Join('\n', first.Record.Sources[0].Errors));
        Assert.Equal(first.Record.Sources[0].Tree, second.Record.Sources[0].Tree);
        Assert.Equal(0, second.Record.StoredBytes);
        Dictionary<string, Entry> entries = await temp.EntriesAsync(second);
        Assert.Equal(
            ["bin", "index.js", "lib/", "lib/data", "lib/empty"],
            entries.Keys.Where(path => path.StartsWith("lambda/r/fn/code/", StringComparison.Ordinal)
                && path.Length > 17)
                .Select(path => path["lambda/r/fn/code/".Length..]));
        Assert.Equal(zip, await ReadAsync(temp, entries["lambda/r/fn/code.zip"]));
        Assert.Equal(large, await ReadAsync(temp, entries["lambda/r/fn/code/lib/data"]));
        Assert.Equal("exports.handler = 1;\n"u8.ToArray(), await ReadAsync(temp, entries["lambda/r/fn/code/index.js"]));
        Assert.Equal("lib/data"u8.ToArray(), entries["lambda/r/fn/code/bin"].LinkTarget);
        Assert.Equal(0x1A4u, entries["lambda/r/fn/code/index.js"].Mode);
    }

    [Fact]
    public async Task A_change_shows_the_files_that_it_is_in()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] before = RawZip.OfFiles(("a.js", "1"), ("b.js", "2"), ("c.js", "3"));
        byte[] after = RawZip.OfFiles(("a.js", "1"), ("b.js", "two"), ("d.js", "4"));

        Snapshot first = await temp.SnapshotAsync(_ground.Source(_ground.Put(before)));
        Snapshot second = await temp.SnapshotAsync(_ground.Source(_ground.Put(after)));

        Assert.Equal(
            ["Modified lambda/r/fn/code.zip", "Modified lambda/r/fn/code/b.js", "Removed lambda/r/fn/code/c.js",
                "Added lambda/r/fn/code/d.js"],
            await temp.Store.DiffAsync(first, second, [], default).Select(change =>
                $"{change.Kind} {change.Path}").ToListAsync());
        Assert.Equal(2, _ground.Server.Requests.Count);
    }

    [Fact]
    public async Task What_is_no_zip_is_kept_as_it_is_and_its_folder_says_why_it_is_empty()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] zip = Encoding.UTF8.GetBytes("#!/bin/sh\n");

        Snapshot snapshot = await temp.SnapshotAsync(_ground.Source(_ground.Put(zip)));

        SourceError error = Assert.Single(snapshot.Record.Sources[0].Errors);
        Assert.Equal("r/fn/code/", error.Path);
        Assert.Contains("malformed", error.Message, StringComparison.Ordinal);
        Assert.Equal(zip, await ReadAsync(temp, (await temp.EntriesAsync(snapshot))["lambda/r/fn/code.zip"]));
    }

    /// <summary>Each byte of the zip turned in turn: the zip is stored as it is, its files are right or said to be
    /// not.</summary>
    [Fact]
    public async Task However_a_zip_is_damaged_its_files_are_right_or_a_problem()
    {
        byte[] zip = RawZip.Of(
            new RawZipEntry("a", "the first file, which is deflated, deflated, deflated") { Method = 8 },
            new RawZipEntry("l", "a") { UnixMode = 0xA1FF }, new RawZipEntry("s", "stored"));
        var right = new Dictionary<string, string>
        {
            ["a"] = "the first file, which is deflated, deflated, deflated", ["s"] = "stored",
        };
        foreach (int bit in (int[])[1, 0x80])
        {
            for (int at = 0; at < zip.Length; at++)
            {
                byte[] damaged = [.. zip];
                damaged[at] ^= (byte)bit;
                await CheckAsync(damaged, right);
            }
        }

        for (int length = 0; length < zip.Length; length++)
        {
            await CheckAsync(zip[..length], right);
        }
    }

    [Fact]
    public async Task Files_that_are_not_what_the_zip_claims_are_problems_and_the_others_are_captured()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] zip = RawZip.Of(
            new RawZipEntry("crc", "x") { ClaimedCrc = 1 },
            new RawZipEntry("good", "x"),
            new RawZipEntry("long", "xyz") { Method = 8, ClaimedSize = 1 },
            new RawZipEntry("method", "x") { Method = 97 },
            new RawZipEntry("short", "xyz") { ClaimedSize = 1000 },
            new RawZipEntry("../out", "x"));

        Snapshot snapshot = await temp.SnapshotAsync(_ground.Source(_ground.Put(zip)));

        Assert.Equal(
            ["%2E%2E/out", "crc", "long", "method", "short"],
            snapshot.Record.Sources[0].Errors.Select(error => error.Path["r/fn/code/".Length..]));
        Dictionary<string, Entry> entries = await temp.EntriesAsync(snapshot);
        Assert.Equal("x"u8.ToArray(), await ReadAsync(temp, entries["lambda/r/fn/code/good"]));
        Assert.All(
            entries.Values.Where(entry => entry.Problem is not null), entry => Assert.Null(entry.Digest));
    }

    /// <summary>What failed below makes the next run look again, though the zip is the same: the others are not
    /// unpacked again.</summary>
    [Fact]
    public async Task A_zip_that_cannot_be_fetched_is_tried_again_the_next_time()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] zip = RawZip.OfFiles(("a.js", "1"));
        RemoteZip remote = _ground.Put(zip);
        _ground.Server.Instead = _ => new HttpResponseMessage(System.Net.HttpStatusCode.NotFound);
        Snapshot failed = await temp.SnapshotAsync(_ground.Source(remote));
        _ground.Server.Instead = _ => null;

        Snapshot whole = await temp.SnapshotAsync(_ground.Source(remote));

        Assert.Equal(["r/fn/code.zip", "r/fn/code/"], failed.Record.Sources[0].Errors.Select(error => error.Path));
        Assert.All(failed.Record.Sources[0].Errors, error =>
            Assert.DoesNotContain(ZipGround.Token, error.Message, StringComparison.Ordinal));
        Assert.True(whole.Record.Sources[0].Complete);
        Assert.Equal(zip, await ReadAsync(temp, (await temp.EntriesAsync(whole))["lambda/r/fn/code.zip"]));
    }

    [Fact]
    public async Task What_was_fetched_is_not_what_was_listed_and_so_nothing_of_it_is_stored()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        byte[] listed = RawZip.OfFiles(("a.js", "1"));
        byte[] other = RawZip.OfFiles(("a.js", "2"));

        Snapshot snapshot = await temp.SnapshotAsync(_ground.Source(_ground.Put(other, listed: listed)));

        Assert.Equal(2, snapshot.Record.Sources[0].Errors.Count);
        Assert.All(snapshot.Record.Sources[0].Errors, error =>
            Assert.Contains("does not match its SHA-256", error.Message, StringComparison.Ordinal));
        Assert.Equal(0, snapshot.Record.AddedBytes);
    }

    [Fact]
    public async Task Verifying_the_source_looks_into_the_zip_and_agrees()
    {
        await using TempRepository temp = await TempRepository.MakeAsync();
        ListedSource source = _ground.Source(_ground.Put(RawZip.OfFiles(("a.js", "1"), ("b.js", "2"))));
        Snapshot snapshot = await temp.SnapshotAsync(source);

        VerifySourceReport report = await temp.Store.VerifySourceAsync(
            new VerifySourceRequest { Sources = [source], Snapshot = snapshot }, null, default);

        Assert.Equal((4, 0, 0), (report.Checked, report.Differing.Count, report.Errors.Count));
    }

    private static async Task CheckAsync(byte[] zip, Dictionary<string, string> right)
    {
        using var ground = new ZipGround();
        RemoteZip remote = ground.Put(zip);
        ZipSubtree folder = ZipSubtree.Of(new EntryPath(""), remote, ground.Zips);
        try
        {
            await foreach (SourceEntry entry in folder.ExpandAsync(default))
            {
                if (entry is not ZipEntry { Kind: EntryKind.File })
                {
                    await entry.DescribeAsync(default);
                    continue;
                }

                string? content = await TryReadAsync(entry);
                Assert.True(
                    content is null || (right.ContainsValue(content) || content == "a"), $"{entry.Path}: {content}");
            }
        }
        catch (IOException)
        {
            // The folder's problem, or a link's.
        }
    }

    private static async Task<string?> TryReadAsync(SourceEntry entry)
    {
        try
        {
            await using ContentReader reader = await entry.OpenAsync(default);
            var bytes = new MemoryStream();
            byte[] buffer = new byte[1000];
            while (await reader.ReadAsync(buffer, default) is { Bytes: > 0 } read)
            {
                bytes.Write(buffer, 0, read.Bytes);
            }

            await reader.FinishAsync(default);
            return Encoding.UTF8.GetString(bytes.ToArray());
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<byte[]> ReadAsync(TempRepository temp, Entry entry)
    {
        var bytes = new MemoryStream();
        await temp.Store.CopyContentAsync(entry, bytes, default);
        return bytes.ToArray();
    }
}
