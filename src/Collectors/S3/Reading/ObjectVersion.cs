using JadaStore.Collectors.Aws.Requests;
using JadaStore.Collectors.S3.Listing;

namespace JadaStore.Collectors.S3.Reading;

/// <summary>One object as it was listed, to be read in exactly that state.</summary>
/// <param name="Transport">S3.</param>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Listed">What the listing said.</param>
internal sealed record ObjectVersion(IAwsTransport Transport, string Bucket, ListedObject Listed)
{
    /// <summary>A request for it, or for what belongs to it.</summary>
    /// <param name="operation">AWS's name.</param>
    /// <param name="query">Beside the version.</param>
    /// <param name="headers">All.</param>
    public AwsRequest Request(
        string operation, IReadOnlyList<KeyValuePair<string, string?>> query, IReadOnlyList<KeyValuePair<string,
            string>> headers) => new()
    {
        Operation = operation,
        Method = "GET",
        Bucket = Bucket,
        Path = "/" + PercentEncoding.Encode(Listed.Key.Span, keepSlash: true),
        Query = Listed.VersionId is { } version ? [.. query, new("versionId", version)] : query,
        Headers = headers,
    };

    /// <summary>Asks for content, if the object is still the one that was listed.</summary>
    /// <param name="from">The first byte.</param>
    /// <param name="to">Behind the last byte; null: to the end.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The whole object where both are left out, or where the server does not know ranges.</returns>
    public Task<AwsResponse> GetAsync(long from, long? to, CancellationToken cancellationToken)
    {
        var headers = new List<KeyValuePair<string, string>>(3);
        if (Listed.ETag.Length > 0)
        {
            headers.Add(new("if-match", Listed.ETag));
        }

        if (from > 0 || to is not null)
        {
            headers.Add(new("range", FormattableString.Invariant($"bytes={from}-{to - 1}")));
        }
        else
        {
            headers.Add(new("x-amz-checksum-mode", "ENABLED"));
        }

        return Transport.SendAsync(Request("GetObject", [], headers), cancellationToken);
    }
}
