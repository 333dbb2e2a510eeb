using System.Runtime.CompilerServices;
using JadaStore.Collectors.Aws.Requests;
using JadaStore.Store.Model;

namespace JadaStore.Collectors.S3.Listing;

/// <summary>Lists a bucket: 1,000 keys a request, the next page on its way while one is used.</summary>
/// <remarks>Memory: two pages.</remarks>
internal sealed class BucketListing
{
    // A page that arrives broken is asked for again; the transport has its own tries for each.
    private const int Tries = 5;

    private readonly IAwsTransport _transport;
    private readonly string _bucket;
    private readonly string _operation;
    private readonly bool _versions;
    private readonly KeyValuePair<string, string?>[] _query;

    /// <param name="transport">S3.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">Only keys that begin so; empty: all.</param>
    /// <param name="versions">Whether every version is listed, or only what each key has now.</param>
    public BucketListing(IAwsTransport transport, string bucket, string prefix, bool versions)
    {
        _transport = transport;
        _bucket = bucket;
        _versions = versions;
        _operation = versions ? "ListObjectVersions" : "ListObjectsV2";
        _query =
        [
            versions ? new("versions", null) : new("list-type", "2"),
            new("encoding-type", "url"),
            new("max-keys", "1000"),
            .. prefix.Length > 0 ? [new("prefix", prefix)] : (ReadOnlySpan<KeyValuePair<string, string?>>)[],
        ];
    }

    /// <summary>All there is, in the bucket's order; keys rise, the versions of one key stand together.</summary>
    /// <exception cref="AwsException">A page cannot be had.</exception>
    /// <exception cref="IOException">A page cannot be understood, or the order is not that of the keys'
    /// bytes.</exception>
    public async IAsyncEnumerable<ListedObject> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EntryPath last = default;
        IReadOnlyList<KeyValuePair<string, string?>> asked = [];
        Task<ListPage>? next = PageAsync(asked, cancellationToken);
        try
        {
            while (next is not null)
            {
                ListPage page = await next.ConfigureAwait(false);
                if (page.Next.Count > 0 && page.Next.SequenceEqual(asked))
                {
                    throw new IOException("the server says that more follows where it was just asked to go on");
                }

                asked = page.Next;
                next = asked.Count > 0 ? PageAsync(asked, cancellationToken) : null;
                foreach (ListedObject found in InOrder(page.Objects))
                {
                    if (found.Key < last || (found.Key == last && found.VersionId is null))
                    {
                        throw new IOException(
                            $"the server lists {found.Key} after {last}, which is not the order of S3");
                    }

                    last = found.Key;
                    yield return found;
                }

                if (page.Objects.Count == 0 && next is not null)
                {
                    throw new IOException("the server lists an empty page and says that more follows");
                }
            }
        }
        finally
        {
            // Nobody may want it any more.
            await (next ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Some servers tell of all delete markers of a page behind its versions.
    private IEnumerable<ListedObject> InOrder(IReadOnlyList<ListedObject> page) =>
        _versions ? page.OrderBy(found => found.Key) : page;

    private async Task<ListPage> PageAsync(IReadOnlyList<KeyValuePair<string, string?>> at,
        CancellationToken cancellationToken)
    {
        var request = new AwsRequest
        {
            Operation = _operation, Method = "GET", Bucket = _bucket, Path = "/", Query = [.. _query, .. at],
        };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                AwsResponse response = await _transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
                await using (response.ConfigureAwait(false))
                {
                    return ListPageReader.Read(await XmlBody.ReadAsync(response,
                        cancellationToken).ConfigureAwait(false));
                }
            }
            catch (IOException e) when (e is not AwsException && attempt < Tries)
            {
                // Cut off, or garbled on the way.
            }
        }
    }
}
