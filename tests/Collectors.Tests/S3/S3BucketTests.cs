using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3;

/// <summary>What a bucket holds is captured exactly, whatever happens on the way, or named.</summary>
public class S3BucketTests
{
    private readonly MemoryBucket _bucket = new() { PageSize = 7 };

    [Fact]
    public async Task Every_key_is_captured_as_it_is()
    {
        string[] keys =
        [
            "a", "a/b", "a//b", "/x", "//", "../x", "./y", ".", "..", "x/", "empty/", "sp ace", "pl+us", "per%cent",
                "%2F", "q?&#=",
            "quo'\"te", "back\\slash", "new\nline", "\u0001\u0002", "é", "e\u0301", "\u202eRTL", new string('k', 1024),
        ];
        foreach (string key in keys)
        {
            _bucket.Put(key, key.EndsWith('/') ? [] : Encoding.UTF8.GetBytes("content of " + key));
        }

        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot snapshot = await temp.SnapshotAsync(_bucket.Source());
        List<Found> found = await temp.Store.EntriesAsync(snapshot, "", default).ToListAsync();

        Assert.True(snapshot.Record.Sources[0].Complete);
        Assert.Equal(
            keys.Order(StringComparer.Ordinal), found.Select(one => Encoding.UTF8.GetString(one.Entry!.Path.Span)));
        Assert.All(found, one => Assert.Equal(EntryKind.File, one.Entry!.Kind));
        Assert.All(found, one => Assert.NotNull(one.Entry!.Digest));
        Assert.Equal(new FileTime(1_767_323_045, 678_000_000), found[0].Entry!.ModifiedTime);
    }

    [Fact]
    public async Task Headers_and_tags_are_kept_byte_by_byte_and_those_of_the_transport_are_not()
    {
        _bucket.Put("k", [1], ("content-type", "text/html"), ("x-amz-meta-name", "gr\u00FC\u00DFe  x"),
            ("x-amz-tagging-count", "1"),
            ("x-amz-request-id", "77"), ("x-amz-meta-two", "a"), ("x-amz-meta-two", "b"));
        SourceEntry entry = await _bucket.Source().CollectAsync(default).SingleAsync();

        Local.Reading reading = await Local.Reading.OfAsync(entry);

        Assert.Equal(
            ["header.content-type=text/html", "header.etag=\"55a54008ad1ba589aa210d2629c1df41\"",
                "header.x-amz-meta-name=gr\u00FC\u00DFe  x",
             "header.x-amz-meta-two=a, b", "header.x-amz-tagging-count=1", "tag.k&=\u00C3\u00A9"],
            reading.End.Entry.Attributes.Select(one => $"{one.Name}={Encoding.Latin1.GetString(one.Value)}"));
    }

    [Fact]
    public async Task An_unchanged_bucket_costs_only_listings()
    {
        for (int i = 0; i < 20; i++)
        {
            _bucket.Put($"k{i}", [(byte)i]);
        }

        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot first = await temp.SnapshotAsync(_bucket.Source());
        Assert.Equal(20, _bucket.Requests.Count(request => request.StartsWith("GetObject ", StringComparison.Ordinal)));
        _bucket.Requests.Clear();
        _bucket.Put("k3", [77]);

        Snapshot second = await temp.SnapshotAsync(_bucket.Source());

        Assert.Equal(["ListObjectsV2", "ListObjectsV2", "ListObjectsV2", "GetObject k3", "GetObjectTagging k3"],
            _bucket.Requests.OrderByDescending(r => r[0]));
        Assert.Equal(["s3/b/k3"], await temp.Store.DiffAsync(first, second, [], default).Select(change =>
            change.Path.ToString()).ToListAsync());
    }

    /// <summary>Every place where a connection may be cut, and both ways to be cut.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task A_body_that_breaks_off_goes_on_where_it_ended(bool error)
    {
        byte[] bytes = Bytes(1, 1000);
        _bucket.Put("k", bytes);
        for (int cut = 0; cut < bytes.Length; cut += 37)
        {
            int broken = 0, at = cut;
            _bucket.Body = (_, _, body) => broken++ > 0 ? new MemoryStream(body) : new BrokenBody(body, at, error);
            _bucket.Requests.Clear();
            SourceEntry entry = await _bucket.Source().CollectAsync(default).SingleAsync();

            Local.Reading reading = await Local.Reading.OfAsync(entry);

            Assert.Equal(bytes, reading.Bytes);
            Assert.Equal(cut == 0 ? "GetObject k" : $"GetObject k bytes={cut}-999",
                _bucket.Requests.Last(request => request.StartsWith("GetObject ", StringComparison.Ordinal)));
        }
    }

    [Theory, InlineData(1000), InlineData(17 * 1024 * 1024 + 5)]
    public async Task A_flipped_byte_is_never_stored(int length)
    {
        byte[] bytes = Bytes(2, length);
        _bucket.Put("k", bytes);
        _bucket.Put("well", [1]);
        int times = 0;
        _bucket.Body = (key, _, body) =>
            new MemoryStream(key == "k" && Interlocked.Increment(ref times) == 1 ? Flip(body) : body);
        await using TempRepository temp = await TempRepository.MakeAsync();

        Snapshot read = await temp.SnapshotAsync(_bucket.Source());

        Assert.True(read.Record.Sources[0].Complete);
        Assert.Equal(bytes, await ContentAsync(temp, read, "s3/b/k"));

        _bucket.Body = (key, _, body) => new MemoryStream(key == "k" ? Flip(body) : body);
        _bucket.Put("k", bytes, ("x-amz-meta-new", "1"));
        Snapshot failed = await temp.Store.SnapshotAsync(
            new JadaStore.Store.Requests.SnapshotRequest { Sources = [_bucket.Source()], Force = true }, null, default);

        SourceError problem = Assert.Single(failed.Record.Sources[0].Errors);
        Assert.Equal("k", problem.Path);
        Assert.Contains("MD5", problem.Message, StringComparison.Ordinal);
        Assert.Null((await temp.EntriesAsync(failed))["s3/b/k"].Digest);
        Assert.NotNull((await temp.EntriesAsync(failed))["s3/b/well"].Digest);
    }

    [Theory]
    [InlineData(412, "PreconditionFailed", "changed after it was listed")]
    [InlineData(404, "NoSuchKey", "deleted after it was listed")]
    [InlineData(403, "InvalidObjectState", "archived")]
    [InlineData(403, "AccessDenied", "denied")]
    [InlineData(500, "InternalError", "InternalError")]
    public async Task What_cannot_be_read_is_named_and_the_rest_goes_on(int status, string code, string words)
    {
        _bucket.Put("a", [1]);
        _bucket.Put("b", [2]);
        _bucket.Put("c", [3]);
        _bucket.Instead = request => request.Path == "/b" ? throw MemoryBucket.Fails(request, status, code) : null;
        await using TempRepository temp = await TempRepository.MakeAsync();

        Snapshot snapshot = await temp.SnapshotAsync(_bucket.Source());

        SourceError problem = Assert.Single(snapshot.Record.Sources[0].Errors);
        Assert.Equal("b", problem.Path);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Equal(3, snapshot.Record.Sources[0].Entries);

        _bucket.Instead = _ => null;
        Assert.True((await temp.SnapshotAsync(_bucket.Source())).Record.Sources[0].Complete);
    }

    [Fact]
    public async Task Tags_that_may_not_be_read_are_named_and_the_content_is_stored()
    {
        _bucket.Put("a", [1, 2], ("x-amz-tagging-count", "1"));
        _bucket.Instead = request =>
            request.Operation == "GetObjectTagging" ? throw MemoryBucket.Fails(request, 403, "AccessDenied") : null;
        await using TempRepository temp = await TempRepository.MakeAsync();

        Snapshot snapshot = await temp.SnapshotAsync(_bucket.Source());

        Assert.Contains("tags", Assert.Single(snapshot.Record.Sources[0].Errors).Message, StringComparison.Ordinal);
        Assert.Equal([1, 2], await ContentAsync(temp, snapshot, "s3/b/a"));
    }

    [Fact]
    public async Task Behind_where_a_listing_breaks_off_nothing_seems_removed()
    {
        for (char key = 'a'; key <= 'z'; key++)
        {
            _bucket.Put(key.ToString(), [(byte)key]);
        }

        await using TempRepository temp = await TempRepository.MakeAsync();
        Snapshot whole = await temp.SnapshotAsync(_bucket.Source());
        _bucket.Remove("b");
        int lists = 0;
        _bucket.Instead = request => request.Operation == "ListObjectsV2" && ++lists > 2
            ? throw MemoryBucket.Fails(request, 503, "SlowDown") : null;

        Snapshot partial = await temp.SnapshotAsync(_bucket.Source());
        List<Change> changes = await temp.Store.DiffAsync(whole, partial, [], default).ToListAsync();
        List<Change> back = await temp.Store.DiffAsync(partial, whole, [], default).ToListAsync();

        SourceError broke = Assert.Single(partial.Record.Sources[0].Errors);
        Assert.Contains("broke off after o", broke.Message, StringComparison.Ordinal);
        Assert.Equal("6f", partial.Record.Sources[0].UnlistedAfter);
        Assert.Equal(["s3/b/b"], changes.Where(change => change.Kind == ChangeKind.Removed).Select(change =>
            change.Path.ToString()));
        Assert.Equal(11, changes.Count(change => change.Kind == ChangeKind.Unknown));
        Assert.Equal(["s3/b/b"], back.Where(change => change.Kind == ChangeKind.Added).Select(change =>
            change.Path.ToString()));
    }

    [Theory]
    [InlineData(404, "NoSuchBucket", "no bucket b", "--endpoint-url")]
    [InlineData(403, "InvalidAccessKeyId", "access key", "AWS_ACCESS_KEY_ID")]
    [InlineData(403, "SignatureDoesNotMatch", "secret", "AWS_SECRET_ACCESS_KEY")]
    [InlineData(400, "ExpiredToken", "token", "sso login")]
    [InlineData(403, "AccessDenied", "denied", "s3:ListBucket")]
    [InlineData(301, "PermanentRedirect", "region", "--region")]
    [InlineData(0, "", "cannot be reached", "network")]
    [InlineData(0, "NoCredentials", "no credentials", "aws configure")]
    public async Task A_bucket_out_of_reach_says_why_and_what_to_do(int status, string code, string words, string hint)
    {
        _bucket.Instead = request => throw MemoryBucket.Fails(request, status, code);

        StoreException e = await Assert.ThrowsAsync<StoreException>(() =>
            _bucket.Source().CollectAsync(default).ToListAsync().AsTask());

        Assert.Equal(StoreFault.SourceUnreachable, e.Fault);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.Contains(hint, e.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message + e.Hint);
    }

    /// <summary>More ranges than are fetched at once, and a last one that is short.</summary>
    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public async Task A_large_object_comes_in_ranges_and_in_order(int breaks)
    {
        byte[] bytes = Bytes(3, (5 * RangedSource.Part) + 12_345);
        _bucket.Put("k", bytes, ("content-type", "x/y"));
        int broken = 0;
        _bucket.Body = (_, _, body) =>
            Interlocked.Increment(ref broken) <= breaks ? new BrokenBody(body, 10_000, true) : new MemoryStream(body);
        SourceEntry entry = await _bucket.Source().CollectAsync(default).SingleAsync();

        Local.Reading reading = await Local.Reading.OfAsync(entry, portion: 1_000_003);

        Assert.True(bytes.AsSpan().SequenceEqual(reading.Bytes));
        Assert.False(reading.End.Changed);
        Assert.Contains(reading.End.Entry.Attributes, one => one.Name == "header.content-type");
        Assert.Equal(6 + breaks, _bucket.Requests.Count(request =>
            request.StartsWith("GetObject ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_server_with_an_order_of_its_own_is_not_believed()
    {
        const string Listing =
            "<ListBucketResult><Contents><Key>b</Key></Contents><Contents><Key>a</Key></Contents></ListBucketResult>";
        _bucket.Instead = _ => new AwsResponse(200, [], new MemoryStream(Encoding.UTF8.GetBytes(Listing)));
        S3Bucket source = _bucket.Source();

        Assert.Equal(["b"], await source.CollectAsync(default).Select(entry => entry.Path.ToString()).ToListAsync());
        Assert.Contains("order", source.BrokeOff!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_left_out_as_by_gitignore()
    {
        foreach (string key in (ReadOnlySpan<string>)["a.tmp", "logs/", "logs/1", "x/logs/2", "x//y", "site/a",
            "site/keep.tmp"])
        {
            _bucket.Put(key, []);
        }

        S3Bucket source = _bucket.Source(new S3BucketOptions { Bucket = "b", Exclude = ["*.tmp", "logs/",
            "!keep.tmp"] });

        Assert.Equal(["site/a", "site/keep.tmp", "x//y"], await source.CollectAsync(default).Select(entry =>
            entry.Path.ToString()).ToListAsync());
        Assert.Equal(["--exclude *.tmp", "--exclude logs/", "--exclude !keep.tmp"], source.Excluded);
    }

    private static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flip(byte[] body)
    {
        byte[] flipped = [.. body];
        flipped[body.Length / 2] ^= 1;
        return flipped;
    }

    private static async Task<byte[]> ContentAsync(TempRepository temp, Snapshot snapshot, string path)
    {
        using var content = new MemoryStream();
        await temp.Store.CopyContentAsync((await temp.EntriesAsync(snapshot))[path], content, default);
        return content.ToArray();
    }
}
