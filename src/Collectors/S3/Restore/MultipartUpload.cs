using System.Globalization;
using System.Text;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Restore;

/// <summary>An upload in parts, side by side; disposed of before it is complete, it is aborted.</summary>
/// <remarks>Used by one caller at a time.</remarks>
internal sealed class MultipartUpload(TargetObject place, Entry entry, RestoredHeaders headers) : IAsyncDisposable
{
    private static readonly TimeSpan LongestAbort = TimeSpan.FromSeconds(20);

    private readonly (string Algorithm, KeyValuePair<string, string>[] Headers)? _checksums =
        PartChecksum.OfParts(entry);
    private readonly List<Task<Part>> _parts = [];
    private readonly CancellationTokenSource _stop = new();
    private Task<string>? _id;
    private bool _isDone;

    /// <summary>Begins to send the next part.</summary>
    /// <param name="content">Not changed until it is released.</param>
    /// <param name="release">Called once it is sent, or is not going to be.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public void Add(ReadOnlyMemory<byte> content, Action release, CancellationToken cancellationToken) =>
        _parts.Add(SendAsync(_parts.Count + 1, content, release, cancellationToken));

    /// <summary>Waits until no more parts than that are on their way.</summary>
    /// <exception cref="IOException">One failed.</exception>
    public async Task WaitAsync(int most)
    {
        foreach (Task<Part> part in _parts.SkipLast(most))
        {
            await part.ConfigureAwait(false);
        }
    }

    /// <summary>Makes an object of the parts.</summary>
    /// <exception cref="IOException">A part failed, or S3 says that it holds something else.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        Part[] parts = await Task.WhenAll(_parts).ConfigureAwait(false);
        string id = await _id!.ConfigureAwait(false);
        string expected = UploadShape.ETag([.. parts.Select(part => part.Sum.Bytes)]);
        AwsRequest request = place.Request(
            "CompleteMultipartUpload", "POST", [new("uploadId", id)],
            _checksums is { } sums ? [.. sums.Headers.Where(header => header.Key == "x-amz-checksum-type")] : [],
            Body(parts));
        try
        {
            AnswerXml answer =
                await AnswerXml.AskAsync(place.Transport, request, cancellationToken).ConfigureAwait(false);
            Check(answer["ETag"], expected, parts.Length);
        }
        catch (AwsException e) when (e.Code == "NoSuchUpload")
        {
            // A try whose answer was lost may have done it.
            IReadOnlyList<NamedValue> head = await place.HeadAsync(cancellationToken).ConfigureAwait(false) ?? [];
            if (CapturedETag.Of(entry with { Attributes = head }).Text != expected)
            {
                throw;
            }
        }

        _isDone = true;
        if (headers.Tags.Count > 0)
        {
            // They came with the request that began it, but Ceph's gateway garbles them there.
            await place.SetTagsAsync(headers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)Task.WhenAll(_parts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        if (!_isDone && _id is { IsCompletedSuccessfully: true } id)
        {
            await AbortAsync(await id.ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task<Part> SendAsync(
        int number, ReadOnlyMemory<byte> content, Action release, CancellationToken cancellationToken)
    {
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            string id = await (_id ??= CreateAsync(stop.Token)).ConfigureAwait(false);
            return await Task.Run(() => SendAsync(id, number, content, stop.Token), stop.Token).ConfigureAwait(false);
        }
        finally
        {
            release();
        }
    }

    private async Task<Part> SendAsync(
        string id, int number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var sum = PartChecksum.Md5(content.Span);
        string? other = _checksums is { } sums ? PartChecksum.OfPart(sums.Algorithm, content.Span) : null;
        AwsRequest request = place.Request(
            "UploadPart", "PUT",
            [new("partNumber", number.ToString(CultureInfo.InvariantCulture)), new("uploadId", id)],
            other is null ? [sum.Header] : [sum.Header, new($"x-amz-checksum-{_checksums!.Value.Algorithm}", other)],
            content);
        AwsResponse response = await place.Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            string etag = response.Header("etag") ?? throw new IOException($"S3 gives no ETag for part {number}");
            sum.Check(response, etag);
            return new Part(number, etag, sum, other);
        }
    }

    private async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        AwsRequest request = place.Request(
            "CreateMultipartUpload", "POST", [new("uploads", null)],
            [.. headers.WithTags(), .. _checksums?.Headers ?? []]);
        AnswerXml answer = await AnswerXml.AskAsync(place.Transport, request, cancellationToken).ConfigureAwait(false);
        return answer["UploadId"] ?? throw new IOException("S3 gives no id for the upload");
    }

    private byte[] Body(Part[] parts)
    {
        var xml = new StringBuilder("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        foreach (Part part in parts)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Part><PartNumber>{part.Number}</PartNumber><ETag>")
                .Append(System.Security.SecurityElement.Escape(part.ETag)).Append("</ETag>");
            if (part.Checksum is { } sum)
            {
                string name = "Checksum" + _checksums!.Value.Algorithm.ToUpperInvariant();
                xml.Append(CultureInfo.InvariantCulture, $"<{name}>{sum}</{name}>");
            }

            xml.Append("</Part>");
        }

        return Encoding.UTF8.GetBytes(xml.Append("</CompleteMultipartUpload>").ToString());
    }

    // Each part was compared when it was sent; what KMS seals has another ETag.
    private static void Check(string? etag, string expected, int parts)
    {
        string text = etag?.Trim('"') ?? "";
        if (text.EndsWith($"-{parts}", StringComparison.Ordinal) || !text.Contains('-', StringComparison.Ordinal))
        {
            return;
        }

        throw new IOException($"S3 says that it holds something else: its ETag is {text}, not {expected}");
    }

    private async Task AbortAsync(string id)
    {
        using var limit = new CancellationTokenSource(LongestAbort);
        try
        {
            AwsResponse response = await place.Transport.SendAsync(
                place.Request("AbortMultipartUpload", "DELETE", [new("uploadId", id)], []), limit.Token)
                    .ConfigureAwait(false);
            await response.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // What ended the upload is told of already.
        }
    }

    private sealed record Part(int Number, string ETag, PartChecksum Sum, string? Checksum);
}
