using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Listing;
using JadaStore.Collectors.S3.Reading;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>One key of the bucket that is restored to, and what can be asked of it.</summary>
/// <param name="Transport">S3.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">UTF-8, not empty.</param>
internal sealed record TargetObject(IAwsTransport Transport, string Bucket, EntryPath Key)
{
    /// <summary>Longest object that can be copied by one request: 5 GiB.</summary>
    public const long MostCopied = 5L * 1024 * 1024 * 1024;

    /// <summary>A request for it.</summary>
    public AwsRequest Request(
        string operation, string method, IReadOnlyList<KeyValuePair<string, string?>> query,
        IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body = default) => new()
    {
        Operation = operation,
        Method = method,
        Bucket = Bucket,
        Path = "/" + PercentEncoding.Encode(Key.Span, keepSlash: true),
        Query = query,
        Headers = headers,
        Body = body,
    };

    /// <summary>Puts it there whole.</summary>
    /// <exception cref="IOException">It failed, or S3 says that it holds something else.</exception>
    public async Task PutAsync(
        Entry entry, RestoredHeaders headers, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var sum = PartChecksum.Md5(content.Span);
        AwsRequest request = Request(
            "PutObject", "PUT", [], [.. headers.WithTags(), sum.Header, .. PartChecksum.Captured(entry)], content);
        AwsResponse response = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            sum.Check(response, response.Header("etag"));
        }
    }

    /// <summary>The headers of what stands there, as attributes; null where nothing does.</summary>
    public async Task<IReadOnlyList<NamedValue>?> HeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            AwsResponse response = await Transport.SendAsync(
                Request("HeadObject", "HEAD", [], [new("x-amz-checksum-mode", "ENABLED")]), cancellationToken)
                .ConfigureAwait(false);
            await using (response.ConfigureAwait(false))
            {
                return ObjectHeaders.Of(response);
            }
        }
        catch (AwsException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The tags of what stands there, as attributes.</summary>
    public Task<IReadOnlyList<NamedValue>> TagsAsync(CancellationToken cancellationToken) =>
        ObjectTags.GetAsync(new ObjectVersion(Transport, Bucket, new ListedObject { Key = Key }), cancellationToken);

    /// <summary>Gives what stands there other headers and tags; its content stays where it is.</summary>
    /// <remarks>Tags by a request of their own: Ceph's gateway garbles those that come with a copy.</remarks>
    public async Task CopyOntoItselfAsync(RestoredHeaders headers, CancellationToken cancellationToken)
    {
        string source = $"/{PercentEncoding.Encode(Bucket)}/{PercentEncoding.Encode(Key.Span, keepSlash: true)}";
        AwsRequest copy = Request(
            "CopyObject", "PUT", [],
            [.. headers.All, new("x-amz-copy-source", source), new("x-amz-metadata-directive", "REPLACE")]);
        await AnswerXml.AskAsync(Transport, copy, cancellationToken).ConfigureAwait(false);
        if (headers.AreTagsKnown)
        {
            await SetTagsAsync(headers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives what stands there these tags and no others.</summary>
    public async Task SetTagsAsync(RestoredHeaders headers, CancellationToken cancellationToken)
    {
        byte[] body = TaggingXml.Of(headers.Tags);
        AwsRequest request = headers.Tags.Count == 0
            ? Request("DeleteObjectTagging", "DELETE", [new("tagging", null)], [])
            : Request(
                "PutObjectTagging", "PUT", [new("tagging", null)],
                [PartChecksum.Md5(body).Header, new("content-type", "application/xml")], body);
        AwsResponse response = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await response.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Removes it; what is not there is removed already.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            AwsResponse response =
                await Transport.SendAsync(Request("DeleteObject", "DELETE", [], []), cancellationToken)
                .ConfigureAwait(false);
            await response.DisposeAsync().ConfigureAwait(false);
        }
        catch (AwsException e) when (e.Code == "NoSuchKey")
        {
            // Some servers say so.
        }
    }
}
