using System.Collections.Concurrent;
using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3;
using JadaStore.Collectors.S3.Listing;

namespace JadaStore.Collectors.Tests.S3;

/// <summary>A bucket in memory that answers as S3 does, until a test has it do otherwise.</summary>
internal sealed class MemoryBucket : IAwsTransport
{
    private readonly SortedDictionary<string, MemoryObject> _objects = new(StringComparer.Ordinal);

    /// <summary>Keys a page; 1,000 in S3.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>All requests, as <c>GetObject key range</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Asked before each request; what it returns is the answer, null lets the bucket answer.</summary>
    public Func<AwsRequest, AwsResponse?> Instead { get; set; } = _ => null;

    /// <summary>Every body that the bucket sends goes through it, with how many went before for this key.</summary>
    public Func<string, int, byte[], Stream> Body { get; set; } = (_, _, bytes) => new MemoryStream(bytes);

    private ConcurrentDictionary<string, int> Sent { get; } = [];

    public S3Bucket Source(S3BucketOptions? options = null) =>
        new(new ObjectWalk(
            this, "http://memory", 4, options ?? new S3BucketOptions { Bucket = "b" }, versions: false));

    public MemoryObject Put(string key, byte[] bytes, params (string Name, string Value)[] headers) =>
        _objects[key] = new MemoryObject(bytes, $"\"{Md5(bytes)}\"", headers);

    private static string Md5(byte[] bytes) =>
        Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.MD5, bytes));

    public void Remove(string key) => _objects.Remove(key);

    public static AwsException Fails(AwsRequest request, int status, string code) =>
        new(request.Operation, status, code, $"{request.Operation}: {code} ({status})");

    public Task<AwsResponse> SendAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        string key = Uri.UnescapeDataString(request.Path[1..]);
        string? range = request.Headers.FirstOrDefault(header => header.Key == "range").Value;
        Requests.Enqueue($"{request.Operation} {key} {range}".Trim());
        return Task.FromResult(Instead(request) ?? Answer(request, key, range));
    }

    private AwsResponse Answer(AwsRequest request, string key, string? range) => request.Operation switch
    {
        "ListObjectsV2" => Xml(List(request)),
        "GetObjectTagging" => Xml("<Tagging><TagSet><Tag><Key>k&amp;</Key><Value>é</Value></Tag></TagSet></Tagging>"),
        _ => Get(request, key, range),
    };

    private AwsResponse Get(AwsRequest request, string key, string? range)
    {
        if (!_objects.TryGetValue(key, out MemoryObject? found))
        {
            throw Fails(request, 404, "NoSuchKey");
        }

        if (request.Headers.First(header => header.Key == "if-match").Value != found.ETag)
        {
            throw Fails(request, 412, "PreconditionFailed");
        }

        (int from, int to) = (0, found.Bytes.Length);
        if (range is not null)
        {
            string[] ends = range["bytes=".Length..].Split('-');
            from = int.Parse(ends[0], CultureInfo.InvariantCulture);
            to = Math.Min(to, int.Parse(ends[1], CultureInfo.InvariantCulture) + 1);
        }

        List<KeyValuePair<string, string>> headers =
        [
            new("etag", found.ETag), new("date", "now"), new("content-length",
                (to - from).ToString(CultureInfo.InvariantCulture)),
            .. found.Headers.Select(header => KeyValuePair.Create(header.Name, header.Value)),
        ];
        if (range is not null)
        {
            headers.Add(new("content-range", $"bytes {from}-{to - 1}/{found.Bytes.Length}"));
        }

        int before = Sent.AddOrUpdate(key, 0, (_, count) => count + 1);
        return new AwsResponse(range is null ? 200 : 206, headers, Body(key, before, found.Bytes[from..to]));
    }

    private string List(AwsRequest request)
    {
        string after = request.Query.FirstOrDefault(part => part.Key == "continuation-token").Value ?? "";
        string prefix = request.Query.FirstOrDefault(part => part.Key == "prefix").Value ?? "";
        List<KeyValuePair<string, MemoryObject>> rest =
            [.. _objects.Where(one =>
                string.CompareOrdinal(one.Key, after) > 0 && one.Key.StartsWith(prefix, StringComparison.Ordinal))];
        var text = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
        foreach ((string key, MemoryObject found) in rest.Take(PageSize))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"<Contents><Key>{Uri.EscapeDataString(key).Replace("%20", "+", StringComparison.Ordinal)}</Key>")
                .Append(CultureInfo.InvariantCulture, $"<ETag>{SecurityElement.Escape(found.ETag)}</ETag>")
                .Append("<LastModified>2026-01-02T03:04:05.678Z</LastModified>")
                .Append(CultureInfo.InvariantCulture,
                    $"<Size>{found.Bytes.Length}</Size><StorageClass>STANDARD</StorageClass></Contents>");
        }

        if (rest.Count > PageSize)
        {
            string token = SecurityElement.Escape(rest[PageSize - 1].Key);
            text.Append("<IsTruncated>true</IsTruncated>")
                .Append(CultureInfo.InvariantCulture, $"<NextContinuationToken>{token}</NextContinuationToken>");
        }

        return text.Append("</ListBucketResult>").ToString();
    }

    private static AwsResponse Xml(string text) => new(200, [], new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
