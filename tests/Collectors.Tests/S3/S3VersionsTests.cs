using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.Tests.S3;

/// <summary>Earlier versions and delete markers are entries of their own, and none can be taken for another.</summary>
public class S3VersionsTests
{
    private const string Listing =
        """
        <ListVersionsResult><EncodingType>url</EncodingType>
        <Version><Key>a</Key><VersionId>v9</VersionId><IsLatest>true</IsLatest>
        <ETag>"e9"</ETag><Size>1</Size></Version>
        <Version><Key>a</Key><VersionId>v8</VersionId><IsLatest>false</IsLatest>
        <ETag>"e8"</ETag><Size>2</Size></Version>
        <Version><Key>a</Key><VersionId>null</VersionId><IsLatest>false</IsLatest>
        <ETag>"e0"</ETag><Size>3</Size></Version>
        <Version><Key>a%00v8</Key><VersionId>v1</VersionId><IsLatest>false</IsLatest>
        <ETag>"e1"</ETag><Size>4</Size></Version>
        <Version><Key>a/b</Key><VersionId>v2</VersionId><IsLatest>false</IsLatest>
        <ETag>"e2"</ETag><Size>4</Size></Version>
        <DeleteMarker><Key>a/b</Key><VersionId>v3</VersionId><IsLatest>true</IsLatest></DeleteMarker>
        </ListVersionsResult>
        """;

    private readonly MemoryBucket _bucket = new();

    [Fact]
    public async Task What_is_current_is_not_among_them_and_the_rest_comes_in_path_order()
    {
        _bucket.Instead = _ => new AwsResponse(200, [], new MemoryStream(Encoding.UTF8.GetBytes(Listing)));
        S3Versions source = Source(_bucket);

        List<SourceEntry> found = await source.CollectAsync(default).ToListAsync();

        Assert.Equal("s3-versions/b", source.Root);
        Assert.Equal(
            [@"a\x00null", @"a\x00v8", @"a\x00\xFFv8\x00v1", @"a/b\x00v2", @"a/b\x00v3"],
            found.Select(entry => entry.Path.ToString()));
        Assert.Equal(found.Select(entry => entry.Path).Order(), found.Select(entry => entry.Path));
    }

    [Fact]
    public async Task A_delete_marker_is_an_empty_file_that_says_so()
    {
        _bucket.Instead = _ => new AwsResponse(200, [], new MemoryStream(Encoding.UTF8.GetBytes(Listing)));
        S3Versions source = Source(_bucket);

        Local.Reading marker = await Local.Reading.OfAsync(await source.CollectAsync(default).LastAsync());

        Assert.Empty(marker.Bytes);
        Assert.Equal(
            ["header.x-amz-delete-marker=true", "header.x-amz-version-id=v3"],
            marker.End.Entry.Attributes.Select(one => $"{one.Name}={Encoding.UTF8.GetString(one.Value)}"));
        Assert.NotEmpty(marker.End.Entry.Fingerprint);
    }

    /// <summary>All short keys over the bytes that matter, with all versions: paths differ, and sort as keys
    /// do.</summary>
    [Fact]
    public void Paths_of_versions_sort_as_their_keys_and_none_is_anothers()
    {
        byte[] bytes = [0, 1, (byte)'v', 0xFF];
        List<byte[]> keys = [.. bytes.Select(one => new[] { one })];
        for (int from = 0, length = 2; length <= 4; length++)
        {
            int end = keys.Count;
            keys.AddRange(keys[from..end].SelectMany(key => bytes.Select(one => (byte[])[.. key, one])).ToList());
            from = end;
        }

        List<EntryPath> sorted = [.. keys.Select(key => new EntryPath(key)).Order()];
        string[] versions = ["a", "v", "v1"];
        List<EntryPath> paths =
            [.. sorted.SelectMany(key => versions.Select(version => VersionPath.Of(key, version)))];

        Assert.Equal(paths.Order(), paths);
        Assert.Equal(paths.Count, paths.Distinct().Count());
        Assert.All(sorted, key => Assert.True(VersionPath.Before(key) < VersionPath.Of(key, "a")));
    }

    private static S3Versions Source(MemoryBucket bucket) => new(
        new ObjectWalk(bucket, "http://memory", 4, new S3BucketOptions { Bucket = "b" }, versions: true));
}
